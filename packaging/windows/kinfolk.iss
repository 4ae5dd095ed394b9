; Inno Setup's recipe for Windows: `iscc packaging\windows\kinfolk.iss` once dist\kinfolk is made.
; Installs for one user, without the rights of an administrator. See packaging\README.md.

#define Root "..\.."
; Written by `python packaging\packages.py drawn`: the version, and what Kinfolk opens.
#include "..\..\build\package\version.iss"

[Setup]
AppId={{5D0C7F0B-7F0B-4B54-9C0B-5C6F6D3E8A21}
AppName=Kinfolk
AppVersion={#Version}
AppVerName=Kinfolk {#Version}
AppPublisher=The Kinfolk developers
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\Kinfolk
DefaultGroupName=Kinfolk
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
CloseApplications=yes
LicenseFile={#Root}\LICENSE
SetupIconFile={#Root}\build\package\kinfolk.ico
UninstallDisplayIcon={app}\kinfolk.exe
OutputDir={#Root}\dist
OutputBaseFilename=Kinfolk-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
#ifdef SignTool
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.OpenWith=Open folders and photos with Kinfolk by their menus
de.OpenWith=Ordner und Fotos über ihre Menüs mit Kinfolk öffnen
es.OpenWith=Abrir carpetas y fotos con Kinfolk desde sus menús
fr.OpenWith=Ouvrir dossiers et photos avec Kinfolk depuis leurs menus
en.Folder=Open with Kinfolk
de.Folder=Mit Kinfolk öffnen
es.Folder=Abrir con Kinfolk
fr.Folder=Ouvrir avec Kinfolk

[Tasks]
Name: "openwith"; Description: "{cm:OpenWith}"
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Of an older version nothing may be found by this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Root}\dist\kinfolk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Kinfolk"; Filename: "{app}\kinfolk.exe"; AppUserModelID: "Kinfolk"
Name: "{userdesktop}\Kinfolk"; Filename: "{app}\kinfolk.exe"; AppUserModelID: "Kinfolk"; Tasks: desktopicon

[Registry]
; What the program is, for "Open with" and the settings of default programs.
Root: HKCU; Subkey: "Software\Classes\Kinfolk.Photo"; ValueType: string; ValueData: "Kinfolk"; Flags: uninsdeletekey; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Kinfolk.Photo\DefaultIcon"; ValueType: string; ValueData: "{app}\kinfolk.exe,0"; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Kinfolk.Photo\shell\open\command"; ValueType: string; ValueData: """{app}\kinfolk.exe"" ""%1"""; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Applications\kinfolk.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Kinfolk"; Flags: uninsdeletekey; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Applications\kinfolk.exe\shell\open\command"; ValueType: string; ValueData: """{app}\kinfolk.exe"" ""%1"""; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Directory\shell\Kinfolk"; ValueType: string; ValueData: "{cm:Folder}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Directory\shell\Kinfolk"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\kinfolk.exe,0"; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Directory\shell\Kinfolk\command"; ValueType: string; ValueData: """{app}\kinfolk.exe"" ""%1"""; Tasks: openwith
Root: HKCU; Subkey: "Software\Kinfolk"; Flags: uninsdeletekey; Tasks: openwith
Root: HKCU; Subkey: "Software\Kinfolk\Capabilities"; ValueType: string; ValueName: "ApplicationName"; ValueData: "Kinfolk"; Tasks: openwith
Root: HKCU; Subkey: "Software\RegisteredApplications"; ValueType: string; ValueName: "Kinfolk"; ValueData: "Software\Kinfolk\Capabilities"; Flags: uninsdeletevalue; Tasks: openwith
#include "..\..\build\package\associations.iss"

[Run]
Filename: "{app}\kinfolk.exe"; Description: "{cm:LaunchProgram,Kinfolk}"; Flags: nowait postinstall skipifsilent
