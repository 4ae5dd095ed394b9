<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>about</name>
        <message>
            <source>About Kinfolk</source>
            <translation>À propos de Kinfolk</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Copied. There is no name and no path in it.</source>
            <translation>Copié. Ces informations ne contiennent ni nom ni chemin.</translation>
        </message>
        <message>
            <source>Copy details for a bug report</source>
            <translation>Copier les détails pour un rapport de bogue</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Détails</translation>
        </message>
        <message>
            <source>Free software under the MIT licence.</source>
            <translation>Logiciel libre sous licence MIT.</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Licences</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>Un instant.</translation>
        </message>
        <message>
            <source>Other software</source>
            <translation>Autres logiciels</translation>
        </message>
        <message>
            <source>Shows you your photos by person. Everything happens on this computer: nothing is sent anywhere, and your photos are never changed.</source>
            <translation>Vous montre vos photos par personne. Tout se passe sur cet ordinateur : rien n’est envoyé, et vos photos ne sont jamais modifiées.</translation>
        </message>
        <message>
            <source>Version {0}</source>
            <translation>Version {0}</translation>
        </message>
    </context>
    <context>
        <name>absence</name>
        <message>
            <source>In the cloud, from where its own program can fetch it.</source>
            <translation>Dans le cloud, d’où son propre programme peut la télécharger.</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>Dans le cloud, pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Its drive or folder is not connected at the moment</source>
            <translation>Son disque ou son dossier n’est pas connecté pour le moment</translation>
        </message>
        <message>
            <source>On a disconnected drive.</source>
            <translation>Sur un disque déconnecté.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>Le fichier n’est plus là.</translation>
        </message>
        <message>
            <source>The folder is not there any more.</source>
            <translation>Le dossier n’est plus là.</translation>
        </message>
        <message>
            <source>{0} This is a small copy.</source>
            <translation>{0} Ceci est une petite copie.</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>About Kinfolk</source>
            <translation>À propos de Kinfolk</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>Ajouter un dossier…</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Précédent</translation>
        </message>
        <message>
            <source>Backups…</source>
            <translation>Sauvegardes…</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>Supprimer…</translation>
        </message>
        <message>
            <source>Erase all face data…</source>
            <translation>Effacer toutes les données de visages…</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>Rechercher des personnes</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Suivant</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Plein écran</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Raccourcis clavier</translation>
        </message>
        <message>
            <source>Larger pictures</source>
            <translation>Images plus grandes</translation>
        </message>
        <message>
            <source>Look for faces again</source>
            <translation>Rechercher à nouveau les visages</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modèles…</translation>
        </message>
        <message>
            <source>Names from other programs…</source>
            <translation>Noms d’autres programmes…</translation>
        </message>
        <message>
            <source>New collection…</source>
            <translation>Nouvelle collection…</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>Zone suivante de la fenêtre</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>Zone précédente de la fenêtre</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rétablir</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Renommer…</translation>
        </message>
        <message>
            <source>Settings of this collection…</source>
            <translation>Paramètres de cette collection…</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Paramètres…</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>Visite guidée</translation>
        </message>
        <message>
            <source>Skipped files…</source>
            <translation>Fichiers ignorés…</translation>
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation>Images plus petites</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>Empiler les photos semblables</translation>
        </message>
        <message>
            <source>Switch collection…</source>
            <translation>Changer de collection…</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Guide d’utilisation</translation>
        </message>
        <message>
            <source>Write names into sidecars…</source>
            <translation>Écrire les noms dans des fichiers annexes…</translation>
        </message>
        <message>
            <source>{0} “{1}”</source>
            <translation>{0} « {1} »</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>, after {0}</source>
            <translation>, après {0}</translation>
        </message>
        <message>
            <source>, {0} found</source>
            <translation>, avec {0}</translation>
        </message>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>, {0} ignoré</numerusform>
                <numerusform>, {0} ignorés</numerusform>
            </translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Activité</translation>
        </message>
        <message>
            <source>Another Kinfolk has paused</source>
            <translation>Un autre Kinfolk est en pause</translation>
        </message>
        <message>
            <source>Another Kinfolk is downloading models</source>
            <translation>Un autre Kinfolk télécharge des modèles</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing face data</source>
            <translation>Un autre Kinfolk efface des données de visages</translation>
        </message>
        <message>
            <source>Another Kinfolk is exporting photos</source>
            <translation>Un autre Kinfolk exporte des photos</translation>
        </message>
        <message>
            <source>Another Kinfolk is grouping all faces anew</source>
            <translation>Un autre Kinfolk regroupe à nouveau tous les visages</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos</source>
            <translation>Un autre Kinfolk analyse des photos</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos with another model pack</source>
            <translation>Un autre Kinfolk analyse des photos avec un autre pack de modèles</translation>
        </message>
        <message>
            <source>Another Kinfolk is making a backup</source>
            <translation>Un autre Kinfolk fait une sauvegarde</translation>
        </message>
        <message>
            <source>Another Kinfolk is putting faces together</source>
            <translation>Un autre Kinfolk regroupe des visages</translation>
        </message>
        <message>
            <source>Another Kinfolk is repairing the library</source>
            <translation>Un autre Kinfolk répare la bibliothèque</translation>
        </message>
        <message>
            <source>Another Kinfolk is restoring a backup</source>
            <translation>Un autre Kinfolk restaure une sauvegarde</translation>
        </message>
        <message>
            <source>Another Kinfolk is taking in names</source>
            <translation>Un autre Kinfolk reprend des noms</translation>
        </message>
        <message>
            <source>Another Kinfolk is writing names into sidecars</source>
            <translation>Un autre Kinfolk écrit des noms dans des fichiers annexes</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Annulé</translation>
        </message>
        <message>
            <source>Downloaded the models {0}, {1}</source>
            <translation>Modèles {0} téléchargés, {1}</translation>
        </message>
        <message>
            <source>Downloading models</source>
            <translation>Téléchargement de modèles</translation>
        </message>
        <message>
            <source>Erased all face data</source>
            <translation>Toutes les données de visages ont été effacées</translation>
        </message>
        <message>
            <source>Erased strangers</source>
            <translation>Des personnes inconnues ont été effacées</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>Effacement des données de visages</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>Exportation : {0}</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>Exportation des photos</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Échec</translation>
        </message>
        <message>
            <source>Files skipped by this task…</source>
            <translation>Fichiers ignorés par cette tâche…</translation>
        </message>
        <message>
            <source>Forgot a person</source>
            <translation>Une personne a été oubliée</translation>
        </message>
        <message>
            <source>Going on where it stopped</source>
            <translation>Reprise là où cela s’était arrêté</translation>
        </message>
        <message>
            <source>Grouped all faces anew: {0}</source>
            <translation>Tous les visages ont été regroupés à nouveau : {0}</translation>
        </message>
        <message>
            <source>Grouped faces, none of them new: {0}</source>
            <translation>Visages regroupés, aucun nouveau : {0}</translation>
        </message>
        <message numerus="yes">
            <source>Grouped {0} new faces: {1}</source>
            <translation>
                <numerusform>{0} nouveau visage regroupé : {1}</numerusform>
                <numerusform>{0} nouveaux visages regroupés : {1}</numerusform>
            </translation>
        </message>
        <message>
            <source>Grouping all faces anew</source>
            <translation>Nouveau regroupement de tous les visages</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>Interrompu</translation>
        </message>
        <message>
            <source>It began at {0}.</source>
            <translation>Début : {0}.</translation>
        </message>
        <message>
            <source>Kinfolk did this by itself.</source>
            <translation>Kinfolk l’a fait de lui-même.</translation>
        </message>
        <message>
            <source>Looked for photos: nothing was new</source>
            <translation>Recherche de photos : rien de nouveau</translation>
        </message>
        <message>
            <source>Looked the library over: everything is in order</source>
            <translation>Bibliothèque vérifiée : tout est en ordre</translation>
        </message>
        <message numerus="yes">
            <source>Looked the library over: {0} problems, {1} mended</source>
            <translation>
                <numerusform>Bibliothèque vérifiée : {0} problème, {1} réparés</numerusform>
                <numerusform>Bibliothèque vérifiée : {0} problèmes, {1} réparés</numerusform>
            </translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Analyse des photos</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>Analyse des photos avec un autre pack de modèles</translation>
        </message>
        <message>
            <source>Made a backup, {0}</source>
            <translation>Sauvegarde effectuée, {0}</translation>
        </message>
        <message>
            <source>Made the daily backup, {0}</source>
            <translation>Sauvegarde quotidienne effectuée, {0}</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>Sauvegarde</translation>
        </message>
        <message>
            <source>Nothing was finished in the last seven days</source>
            <translation>Rien n’a été terminé ces sept derniers jours</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Maintenant</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Mettre en pause</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pause</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>Regroupement des visages</translation>
        </message>
        <message>
            <source>Repairing the library</source>
            <translation>Réparation de la bibliothèque</translation>
        </message>
        <message>
            <source>Restored a backup with {0}</source>
            <translation>Une sauvegarde avec {0} a été restaurée</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>Restauration d’une sauvegarde</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>Searching for photos</source>
            <translation>Recherche de photos</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Afficher</translation>
        </message>
        <message>
            <source>Switched to the model pack {0}: {1}</source>
            <translation>Passage au pack de modèles {0} : {1}</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>Reprise des noms</translation>
        </message>
        <message>
            <source>Took in names for {0}</source>
            <translation>Noms repris pour {0}</translation>
        </message>
        <message>
            <source>Waiting until another Kinfolk is done</source>
            <translation>En attente de la fin d’un autre Kinfolk</translation>
        </message>
        <message>
            <source>Went back to the model pack {0}: {1}</source>
            <translation>Retour au pack de modèles {0} : {1}</translation>
        </message>
        <message>
            <source>What Kinfolk does with your photos and its library is listed here.</source>
            <translation>Ce que Kinfolk fait de vos photos et de sa bibliothèque apparaît ici.</translation>
        </message>
        <message>
            <source>What was done in the last seven days, newest first</source>
            <translation>Ce qui a été fait ces sept derniers jours, le plus récent en premier</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>Écriture des noms dans des fichiers annexes</translation>
        </message>
        <message>
            <source>Wrote names beside {0}</source>
            <translation>Noms écrits à côté de {0}</translation>
        </message>
        <message>
            <source>You asked for this.</source>
            <translation>À votre demande.</translation>
        </message>
        <message>
            <source>under 1 s</source>
            <translation>moins de 1 s</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
        <message>
            <source>{0} a minute</source>
            <translation>{0} par minute</translation>
        </message>
        <message>
            <source>{0} a second</source>
            <translation>{0} par seconde</translation>
        </message>
        <message>
            <source>{0} failed</source>
            <translation>{0} : échec</translation>
        </message>
        <message>
            <source>{0} failed: {1}</source>
            <translation>{0} : échec. {1}</translation>
        </message>
        <message>
            <source>{0} h {1} min</source>
            <translation>{0} h {1} min</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>Analyse : {0}</translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} min</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} sur {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups now</source>
            <translation>
                <numerusform>{0} personne ou groupe maintenant</numerusform>
                <numerusform>{0} personnes et groupes maintenant</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} s</translation>
        </message>
        <message numerus="yes">
            <source>{0} skipped</source>
            <translation>
                <numerusform>{0} ignoré</numerusform>
                <numerusform>{0} ignorés</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} was cancelled</source>
            <translation>{0} : annulé</translation>
        </message>
        <message>
            <source>{0} was interrupted</source>
            <translation>{0} : interrompu</translation>
        </message>
    </context>
    <context>
        <name>activity_strip</name>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Annulé</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Détails</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>How far the work is</source>
            <translation>Avancement du travail</translation>
        </message>
        <message>
            <source>Looked at {0}</source>
            <translation>Analyse : {0}</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Mettre en pause</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>Le travail s’est arrêté</translation>
        </message>
        <message>
            <source>What Kinfolk does and did</source>
            <translation>Ce que Kinfolk fait et a fait</translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0} dans le cloud, pas sur cet ordinateur</translation>
        </message>
        <message numerus="yes">
            <source>·  {0} skipped</source>
            <translation>
                <numerusform>·  {0} ignoré</numerusform>
                <numerusform>·  {0} ignorés</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>alerts</name>
        <message>
            <source>1.  Have your camera save its snapshots into a folder.
2.  Add that folder here.

Whom you have named in your albums is known; anybody else raises an alert. All of it stays on this computer.</source>
            <translation>1.  Faites enregistrer les clichés de votre caméra dans un dossier.
2.  Ajoutez ce dossier ici.

Les personnes que vous avez nommées dans vos albums sont connues ; toute autre déclenche une alerte. Tout reste sur cet ordinateur.</translation>
        </message>
        <message>
            <source>A stranger, seen {0}</source>
            <translation>Personne inconnue, vue {0}</translation>
        </message>
        <message>
            <source>Add as…</source>
            <translation>Ajouter en tant que…</translation>
        </message>
        <message>
            <source>Add the camera's folder…</source>
            <translation>Ajouter le dossier de la caméra…</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertes</translation>
        </message>
        <message>
            <source>Ignore this person</source>
            <translation>Ignorer cette personne</translation>
        </message>
        <message>
            <source>It is whom they resemble</source>
            <translation>C’est la personne à qui elle ressemble</translation>
        </message>
        <message>
            <source>It's {0}</source>
            <translation>C’est {0}</translation>
        </message>
        <message>
            <source>Kinfolk looks at every photo that comes into the folders of this collection. Whom you have named in your albums is known; anybody else who is seen clearly shows here, and on the desktop.</source>
            <translation>Kinfolk analyse chaque photo qui arrive dans les dossiers de cette collection. Les personnes que vous avez nommées dans vos albums sont connues ; toute autre personne vue clairement apparaît ici, et sur le bureau.</translation>
        </message>
        <message>
            <source>Let Kinfolk watch the door</source>
            <translation>Laissez Kinfolk surveiller la porte</translation>
        </message>
        <message>
            <source>Most like {0}, but hardly (under 1 %)</source>
            <translation>Ressemble surtout à {0}, mais à peine (moins de 1 %)</translation>
        </message>
        <message>
            <source>Most like {0}: {1} % sure</source>
            <translation>Ressemble surtout à {0} : sûr à {1} %</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Nouvelle</translation>
        </message>
        <message>
            <source>No stranger was seen</source>
            <translation>Aucune personne inconnue n’a été vue</translation>
        </message>
        <message>
            <source>Nobody you know was seen yet.</source>
            <translation>Aucune personne connue n’a encore été vue.</translation>
        </message>
        <message>
            <source>Seen of those you know</source>
            <translation>Personnes connues qui ont été vues</translation>
        </message>
        <message>
            <source>Show older ones</source>
            <translation>Afficher les plus anciennes</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Afficher la photo</translation>
        </message>
        <message>
            <source>Somebody you ignore, seen {0}</source>
            <translation>Personne que vous ignorez, vue {0}</translation>
        </message>
        <message>
            <source>Strangers who were seen</source>
            <translation>Personnes inconnues qui ont été vues</translation>
        </message>
        <message>
            <source>The photos are not there any more</source>
            <translation>Les photos ne sont plus là</translation>
        </message>
        <message>
            <source>This is {0}, seen {1}</source>
            <translation>C’est {0}, {1} devant la caméra</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Qui est-ce ?</translation>
        </message>
        <message>
            <source>Who was seen of those you know, newest first</source>
            <translation>Les personnes connues qui ont été vues, les plus récentes en premier</translation>
        </message>
        <message>
            <source>You know nobody by name yet</source>
            <translation>Vous n’avez encore nommé personne</translation>
        </message>
        <message numerus="yes">
            <source>{0} times</source>
            <translation>
                <numerusform>{0} fois</numerusform>
                <numerusform>{0} fois</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, seen {1}: {2}</source>
            <translation>{0}, {1} devant la caméra : {2}</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}, {1}</translation>
        </message>
        <message>
            <source>{0}, {1} – {2}, {3}</source>
            <translation>{0}, {1} – {2}, {3}</translation>
        </message>
    </context>
    <context>
        <name>application</name>
        <message>
            <source>Kinfolk was ended in the middle of its work. It goes on where it was.</source>
            <translation>Kinfolk a été interrompu en plein travail. Il reprend où il en était.</translation>
        </message>
    </context>
    <context>
        <name>aside</name>
        <message>
            <source>Everything else is in the album. Nothing was changed in these files.</source>
            <translation>Tout le reste est dans l’album. Rien n’a été modifié dans ces fichiers.</translation>
        </message>
        <message>
            <source>In the cloud ({0})</source>
            <translation>Dans le cloud ({0})</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>Dans le cloud, pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Looking at them would download them. Once your cloud drive has put them on this disk, they come into the album; the settings can let Kinfolk download them.</source>
            <translation>Les analyser les téléchargerait. Une fois que votre service cloud les aura placés sur cet ordinateur, ils entreront dans l’album ; les paramètres peuvent autoriser Kinfolk à les télécharger.</translation>
        </message>
        <message>
            <source>Not in full ({0})</source>
            <translation>Incomplets ({0})</translation>
        </message>
        <message>
            <source>Skipped ({0})</source>
            <translation>Ignorés ({0})</translation>
        </message>
        <message>
            <source>They are in the album with all who are in them. Nothing was changed in the files.</source>
            <translation>Ils sont dans l’album avec toutes les personnes qui y figurent. Rien n’a été modifié dans les fichiers.</translation>
        </message>
        <message>
            <source>What is not shown</source>
            <translation>Ce qui n’est pas affiché</translation>
        </message>
        <message>
            <source>Why it waits</source>
            <translation>Raison de l’attente</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>Raison de l’omission</translation>
        </message>
        <message numerus="yes">
            <source>{0} files shown, but not in full</source>
            <translation>
                <numerusform>{0} fichier affiché, mais incomplet</numerusform>
                <numerusform>{0} fichiers affichés, mais incomplets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files skipped</source>
            <translation>
                <numerusform>{0} fichier ignoré</numerusform>
                <numerusform>{0} fichiers ignorés</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0} dans le cloud, pas sur cet ordinateur</translation>
        </message>
    </context>
    <context>
        <name>backups</name>
        <message>
            <source>A backup is a copy of everything you said and of every face found, never of the photos themselves. Kinfolk makes one every day and keeps the newest fourteen.</source>
            <translation>Une sauvegarde est une copie de tout ce que vous avez indiqué et de tous les visages trouvés, jamais des photos elles-mêmes. Kinfolk en fait une chaque jour et garde les quatorze plus récentes.</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>At work</source>
            <translation>En cours</translation>
        </message>
        <message>
            <source>Back up into a folder…</source>
            <translation>Sauvegarder dans un dossier…</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>Sauvegarder maintenant</translation>
        </message>
        <message>
            <source>Backed up into “{1}”: {0}.</source>
            <translation>Sauvegardé dans « {1} » : {0}.</translation>
        </message>
        <message>
            <source>Backed up: {0}.</source>
            <translation>Sauvegardé : {0}.</translation>
        </message>
        <message>
            <source>Backing up…</source>
            <translation>Sauvegarde en cours…</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>Sauvegardes</translation>
        </message>
        <message>
            <source>Backups of Kinfolk (*.db)</source>
            <translation>Sauvegardes de Kinfolk (*.db)</translation>
        </message>
        <message>
            <source>Before a restore</source>
            <translation>Avant une restauration</translation>
        </message>
        <message>
            <source>Before an update of Kinfolk</source>
            <translation>Avant une mise à jour de Kinfolk</translation>
        </message>
        <message>
            <source>By hand</source>
            <translation>À la main</translation>
        </message>
        <message>
            <source>Checking the backup…</source>
            <translation>Vérification de la sauvegarde…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Daily</source>
            <translation>Quotidienne</translation>
        </message>
        <message>
            <source>Everything you said and every face found will be as it was then: {0}. What was said since will not be there any more.

Before that, Kinfolk backs up the library as it is now. It will be in this list, and restoring it takes all of this back.

The photos themselves are not touched. Kinfolk closes its window and opens it again.</source>
            <translation>Tout ce que vous avez indiqué et tous les visages trouvés redeviendront comme à ce moment-là : {0}. Ce que vous avez indiqué depuis ne sera plus là.

Auparavant, Kinfolk sauvegarde la bibliothèque telle qu’elle est. Cette sauvegarde apparaîtra dans la liste ; la restaurer annule tout ceci.

Les photos elles-mêmes ne sont pas touchées. Kinfolk ferme sa fenêtre et la rouvre.</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Date</translation>
        </message>
        <message>
            <source>Named people</source>
            <translation>Nommées</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Restaurer</translation>
        </message>
        <message>
            <source>Restore from a file…</source>
            <translation>Restaurer depuis un fichier…</translation>
        </message>
        <message>
            <source>Restore this backup?</source>
            <translation>Restaurer cette sauvegarde ?</translation>
        </message>
        <message>
            <source>Restore…</source>
            <translation>Restaurer…</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Afficher dans le gestionnaire de fichiers</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Taille</translation>
        </message>
        <message>
            <source>There is no backup yet.</source>
            <translation>Il n’y a pas encore de sauvegarde.</translation>
        </message>
        <message>
            <source>Where is the backup to go?</source>
            <translation>Où placer la sauvegarde ?</translation>
        </message>
        <message>
            <source>Which backup is to be restored?</source>
            <translation>Quelle sauvegarde restaurer ?</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Motif</translation>
        </message>
        <message numerus="yes">
            <source>{0} named people</source>
            <translation>
                <numerusform>{0} personne nommée</numerusform>
                <numerusform>{0} personnes nommées</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>collections</name>
        <message>
            <source>A collection has photos, people and settings of its own.</source>
            <translation>Une collection a ses propres photos, personnes et paramètres.</translation>
        </message>
        <message>
            <source>Album</source>
            <translation>Album</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Caméra</translation>
        </message>
        <message>
            <source>Collection {0}</source>
            <translation>Collection {0}</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>Compteur</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Créer</translation>
        </message>
        <message>
            <source>Delete collection</source>
            <translation>Supprimer la collection</translation>
        </message>
        <message>
            <source>Delete the collection “{0}”?</source>
            <translation>Supprimer la collection « {0} » ?</translation>
        </message>
        <message numerus="yes">
            <source>For {0} days Undo brings it all back. After that it is erased for good.</source>
            <translation>
                <numerusform>Pendant {0} jour, « Annuler » ramène tout. Ensuite, tout est effacé définitivement.</numerusform>
                <numerusform>Pendant {0} jours, « Annuler » ramène tout. Ensuite, tout est effacé définitivement.</numerusform>
            </translation>
        </message>
        <message>
            <source>Front door</source>
            <translation>Porte d’entrée</translation>
        </message>
        <message>
            <source>Grandparents</source>
            <translation>Grands-parents</translation>
        </message>
        <message>
            <source>How many different people came into a shop, by hour and by day.</source>
            <translation>Combien de personnes différentes sont entrées dans un magasin, par heure et par jour.</translation>
        </message>
        <message>
            <source>Its people, names, folders and all you said in it leave Kinfolk.</source>
            <translation>Ses personnes, ses noms, ses dossiers et tout ce que vous y avez indiqué quittent Kinfolk.</translation>
        </message>
        <message>
            <source>Name of the collection</source>
            <translation>Nom de la collection</translation>
        </message>
        <message>
            <source>New collection</source>
            <translation>Nouvelle collection</translation>
        </message>
        <message>
            <source>Opens the menu of collections</source>
            <translation>Ouvre le menu des collections</translation>
        </message>
        <message>
            <source>Photos of family and friends, by the people in them.</source>
            <translation>Photos de famille et d’amis, selon les personnes qui y figurent.</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Renommer</translation>
        </message>
        <message>
            <source>Rename collection</source>
            <translation>Renommer la collection</translation>
        </message>
        <message>
            <source>Shop</source>
            <translation>Magasin</translation>
        </message>
        <message>
            <source>Snapshots of a camera at the door: who came, and an alert for a stranger.</source>
            <translation>Clichés d’une caméra à la porte : qui est venu, et une alerte en cas de personne inconnue.</translation>
        </message>
        <message>
            <source>The collection that was here has been deleted.</source>
            <translation>La collection qui était ici a été supprimée.</translation>
        </message>
        <message>
            <source>The photos stay on the disk, where and as they are.</source>
            <translation>Les photos restent sur le disque, où et comme elles sont.</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>Cette collection n’existe plus.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>vide</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} personne</numerusform>
                <numerusform>{0} personnes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>deeds</name>
        <message>
            <source>Add again</source>
            <translation>Ajouter à nouveau</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rétablir</translation>
        </message>
        <message>
            <source>“{0}” is not in the album any more. Its files are where they were.</source>
            <translation>« {0} » n’est plus dans l’album. Ses fichiers sont restés où ils étaient.</translation>
        </message>
    </context>
    <context>
        <name>details</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>Copier comme texte</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Copier le chemin</translation>
        </message>
        <message>
            <source>Every file could be looked at.</source>
            <translation>Tous les fichiers ont pu être analysés.</translation>
        </message>
        <message>
            <source>Find a file or a reason</source>
            <translation>Rechercher un fichier ou une raison</translation>
        </message>
        <message>
            <source>Find a skipped file</source>
            <translation>Rechercher un fichier ignoré</translation>
        </message>
        <message>
            <source>Kinfolk is looking at {0} now.</source>
            <translation>Kinfolk analyse {0} en ce moment.</translation>
        </message>
        <message>
            <source>No file is skipped</source>
            <translation>Aucun fichier n’est ignoré</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Afficher dans le gestionnaire de fichiers</translation>
        </message>
        <message>
            <source>Skipped files</source>
            <translation>Fichiers ignorés</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
        <message>
            <source>Try all again</source>
            <translation>Tout réessayer</translation>
        </message>
        <message numerus="yes">
            <source>{0} files selected</source>
            <translation>
                <numerusform>{0} fichier sélectionné</numerusform>
                <numerusform>{0} fichiers sélectionnés</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>erase_dialog</name>
        <message>
            <source>Erase all face data</source>
            <translation>Effacer toutes les données de visages</translation>
        </message>
        <message>
            <source>Erase all face data?</source>
            <translation>Effacer toutes les données de visages ?</translation>
        </message>
        <message>
            <source>Erasing…</source>
            <translation>Effacement…</translation>
        </message>
        <message>
            <source>I understand that this cannot be undone</source>
            <translation>Je comprends que cette action est irréversible</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.</source>
            <translation>Kinfolk ne recherchera plus de visages dans ces photos tant que vous ne le demanderez pas.</translation>
        </message>
        <message>
            <source>This goes, for good</source>
            <translation>Ceci est effacé, définitivement</translation>
        </message>
        <message>
            <source>This stays</source>
            <translation>Ceci reste</translation>
        </message>
        <message>
            <source>all backups made so far, as all of this is in them</source>
            <translation>toutes les sauvegardes faites jusqu’ici, car elles contiennent tout cela</translation>
        </message>
        <message>
            <source>every face found, with descriptions and small pictures</source>
            <translation>tous les visages trouvés, avec descriptions et petites images</translation>
        </message>
        <message>
            <source>every name</source>
            <translation>tous les noms</translation>
        </message>
        <message>
            <source>every person and group of alike faces</source>
            <translation>toutes les personnes et tous les groupes de visages semblables</translation>
        </message>
        <message>
            <source>everything you said of them</source>
            <translation>tout ce que vous en avez indiqué</translation>
        </message>
        <message>
            <source>the list of photos and folders in Kinfolk</source>
            <translation>la liste des photos et des dossiers dans Kinfolk</translation>
        </message>
        <message>
            <source>your photos: Kinfolk never changes their files</source>
            <translation>vos photos : Kinfolk ne modifie jamais leurs fichiers</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces found, with descriptions and small pictures</source>
            <translation>
                <numerusform>{0} visage trouvé, avec sa description et sa petite image</numerusform>
                <numerusform>{0} visages trouvés, avec descriptions et petites images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} nom</numerusform>
                <numerusform>{0} noms</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups of alike faces</source>
            <translation>
                <numerusform>{0} personne ou groupe de visages semblables</numerusform>
                <numerusform>{0} personnes et groupes de visages semblables</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} things you said of them</source>
            <translation>
                <numerusform>{0} de vos indications à leur sujet</numerusform>
                <numerusform>{0} de vos indications à leur sujet</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>exporting</name>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>, {0} ignorée</numerusform>
                <numerusform>, {0} ignorées</numerusform>
            </translation>
        </message>
        <message>
            <source>A contact sheet to print (PDF)</source>
            <translation>Une planche-contact à imprimer (PDF)</translation>
        </message>
        <message>
            <source>A folder for each month, such as 2019-06.</source>
            <translation>Un dossier par mois, par exemple 2019-06.</translation>
        </message>
        <message>
            <source>A folder for each year, such as 2019.</source>
            <translation>Un dossier par année, par exemple 2019.</translation>
        </message>
        <message>
            <source>A folder for everybody; a photo of two people is in both.</source>
            <translation>Un dossier par personne ; une photo de deux personnes est dans les deux.</translation>
        </message>
        <message>
            <source>A page with these photos that any browser shows, from a disk or a web server.</source>
            <translation>Une page avec ces photos que tout navigateur affiche, depuis un disque ou un serveur web.</translation>
        </message>
        <message>
            <source>A web album</source>
            <translation>Un album web</translation>
        </message>
        <message>
            <source>All in one folder</source>
            <translation>Tout dans un seul dossier</translation>
        </message>
        <message>
            <source>All that is in the files goes along, also where they were taken.</source>
            <translation>Tout ce que contiennent les fichiers est conservé, y compris le lieu de la prise de vue.</translation>
        </message>
        <message>
            <source>And also</source>
            <translation>Et aussi</translation>
        </message>
        <message>
            <source>By month</source>
            <translation>Par mois</translation>
        </message>
        <message>
            <source>By person</source>
            <translation>Par personne</translation>
        </message>
        <message>
            <source>By person and year</source>
            <translation>Par personne et par année</translation>
        </message>
        <message>
            <source>By year</source>
            <translation>Par année</translation>
        </message>
        <message>
            <source>Choose a contact sheet or a web album, or let photos be copied.</source>
            <translation>Choisissez une planche-contact ou un album web, ou faites copier les photos.</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>Choisir un dossier…</translation>
        </message>
        <message>
            <source>Copy them</source>
            <translation>Les copier</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>Comptage…</translation>
        </message>
        <message>
            <source>Each person’s folder has their years in it.</source>
            <translation>Le dossier de chaque personne contient ses années.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exporter</translation>
        </message>
        <message>
            <source>Export {0}</source>
            <translation>Exporter {0}</translation>
        </message>
        <message>
            <source>Export {0} of {1}</source>
            <translation>Exporter {0} de {1}</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>Exportation : {0}</translation>
        </message>
        <message>
            <source>Files of their own, to give away or to keep elsewhere.</source>
            <translation>Des fichiers à part, à donner ou à conserver ailleurs.</translation>
        </message>
        <message>
            <source>Files with the ending .xmp, and the short films of Live Photos.</source>
            <translation>Les fichiers avec l’extension .xmp, et les petits films des Live Photos.</translation>
        </message>
        <message>
            <source>Hard links</source>
            <translation>Liens physiques</translation>
        </message>
        <message>
            <source>Into this folder</source>
            <translation>Dans ce dossier</translation>
        </message>
        <message>
            <source>Links</source>
            <translation>Liens</translation>
        </message>
        <message>
            <source>No folders within; names that are alike are told apart.</source>
            <translation>Pas de sous-dossiers ; les noms identiques sont distingués.</translation>
        </message>
        <message>
            <source>No photo files</source>
            <translation>Pas de fichiers photo</translation>
        </message>
        <message>
            <source>None of these photos can be read now.</source>
            <translation>Aucune de ces photos ne peut être lue en ce moment.</translation>
        </message>
        <message>
            <source>One more name for the same file: no room is taken, but who edits one edits both.</source>
            <translation>Un nom de plus pour le même fichier : aucune place n’est prise, mais modifier l’un modifie les deux.</translation>
        </message>
        <message>
            <source>Only the contact sheet or the web album.</source>
            <translation>Seulement la planche-contact ou l’album web.</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ouvrir le dossier</translation>
        </message>
        <message>
            <source>Pages with small pictures of all photos, by year and month.</source>
            <translation>Des pages avec de petites images de toutes les photos, par année et par mois.</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Small files that lead to your photos, as long as these stay where they are.</source>
            <translation>De petits fichiers qui mènent à vos photos, tant que celles-ci restent en place.</translation>
        </message>
        <message>
            <source>Sorted into folders</source>
            <translation>Classées dans des dossiers</translation>
        </message>
        <message>
            <source>The photos</source>
            <translation>Les photos</translation>
        </message>
        <message>
            <source>The web album</source>
            <translation>L’album web</translation>
        </message>
        <message>
            <source>There are no photos here to export.</source>
            <translation>Il n’y a pas de photos à exporter ici.</translation>
        </message>
        <message>
            <source>This takes {0}, and only {1} are free there. Choose another folder.</source>
            <translation>Il faut {0}, et seuls {1} y sont libres. Choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>What lies beside the photos: sidecars and moving parts</source>
            <translation>Ce qui accompagne les photos : fichiers annexes et parties animées</translation>
        </message>
        <message>
            <source>Where are the photos to go?</source>
            <translation>Où placer les photos ?</translation>
        </message>
        <message>
            <source>Where there could be no link, files were copied</source>
            <translation>Là où aucun lien n’était possible, les fichiers ont été copiés</translation>
        </message>
        <message>
            <source>With smaller photos</source>
            <translation>Avec des photos plus petites</translation>
        </message>
        <message>
            <source>With the original files</source>
            <translation>Avec les fichiers d’origine</translation>
        </message>
        <message>
            <source>Written anew, without place, camera and other hidden details.</source>
            <translation>Réécrites, sans lieu, appareil photo ni autres détails cachés.</translation>
        </message>
        <message>
            <source>nothing to copy</source>
            <translation>rien à copier</translation>
        </message>
        <message>
            <source>photos</source>
            <translation>photos</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} et {1}</translation>
        </message>
        <message>
            <source>{0} and {1} more</source>
            <translation>{0} et {1} de plus</translation>
        </message>
        <message numerus="yes">
            <source>{0} cannot be read now</source>
            <translation>
                <numerusform>{0} illisible en ce moment</numerusform>
                <numerusform>{0} illisibles en ce moment</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} there already</source>
            <translation>{0} déjà présents</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}.</translation>
        </message>
        <message>
            <source>{0}. {1} are free there.</source>
            <translation>{0}. {1} y sont libres.</translation>
        </message>
        <message>
            <source>{0}: all were there already</source>
            <translation>{0} : déjà toutes présentes</translation>
        </message>
    </context>
    <context>
        <name>folder_dialog</name>
        <message>
            <source>Add a folder with photos</source>
            <translation>Ajouter un dossier de photos</translation>
        </message>
    </context>
    <context>
        <name>guide</name>
        <message>
            <source>Back</source>
            <translation>Précédent</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Suivant</translation>
        </message>
        <message>
            <source>Guide: {0}</source>
            <translation>Guide : {0}</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>How does this work?</source>
            <translation>Comment ça marche ?</translation>
        </message>
        <message>
            <source>No page has these words.</source>
            <translation>Aucune page ne contient ces mots.</translation>
        </message>
        <message>
            <source>Pages of the guide</source>
            <translation>Pages du guide</translation>
        </message>
        <message>
            <source>Search the guide</source>
            <translation>Rechercher dans le guide</translation>
        </message>
        <message>
            <source>What is this page for?</source>
            <translation>À quoi sert cette page ?</translation>
        </message>
        <message>
            <source>{0} · Guide</source>
            <translation>{0} · Guide</translation>
        </message>
    </context>
    <context>
        <name>history</name>
        <message>
            <source>Everything you said, newest first</source>
            <translation>Tout ce que vous avez indiqué, le plus récent en premier</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Historique</translation>
        </message>
        <message>
            <source>How far this is</source>
            <translation>Avancement</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Maintenant</translation>
        </message>
        <message>
            <source>Redo up to here</source>
            <translation>Rétablir jusqu’ici</translation>
        </message>
        <message>
            <source>Saying again</source>
            <translation>Rétablissement</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>Arrêter ici</translation>
        </message>
        <message>
            <source>Taken back before something else was said.</source>
            <translation>Retiré avant qu’autre chose ait été indiqué.</translation>
        </message>
        <message>
            <source>Taken back. Redo up to here brings back {0}.</source>
            <translation>Retiré. « Rétablir jusqu’ici » ramène {0}.</translation>
        </message>
        <message>
            <source>Taking back</source>
            <translation>Retrait</translation>
        </message>
        <message>
            <source>The last thing you said.</source>
            <translation>Votre dernière indication.</translation>
        </message>
        <message>
            <source>Undo from here on</source>
            <translation>Annuler à partir d’ici</translation>
        </message>
        <message>
            <source>Undo what came after</source>
            <translation>Annuler ce qui a suivi</translation>
        </message>
        <message>
            <source>You have not said anything yet.
What you name, merge, move or hide is listed here, and can be taken back.</source>
            <translation>Vous n’avez encore rien indiqué.
Ce que vous nommez, fusionnez, déplacez ou masquez apparaît ici et peut être retiré.</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>retiré</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} sur {1}</translation>
        </message>
        <message>
            <source>{0} said after this.</source>
            <translation>Ensuite : {0}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} things</source>
            <translation>
                <numerusform>{0} indication</numerusform>
                <numerusform>{0} indications</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>importing</name>
        <message>
            <source>All files (*)</source>
            <translation>Tous les fichiers (*)</translation>
        </message>
        <message numerus="yes">
            <source>Also frame {0} faces that Kinfolk did not find</source>
            <translation>
                <numerusform>Encadrer aussi {0} visage que Kinfolk n’a pas trouvé</numerusform>
                <numerusform>Encadrer aussi {0} visages que Kinfolk n’a pas trouvés</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Also name {0} faces by a keyword of their photos: nobody else is in them</source>
            <translation>
                <numerusform>Nommer aussi {0} visage d’après un mot-clé de sa photo : personne d’autre n’y figure</numerusform>
                <numerusform>Nommer aussi {0} visages d’après un mot-clé de leur photo : personne d’autre n’y figure</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Contacts of Picasa (*.xml)</source>
            <translation>Contacts de Picasa (*.xml)</translation>
        </message>
        <message>
            <source>Contacts of Picasa…</source>
            <translation>Contacts de Picasa…</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Visages</translation>
        </message>
        <message>
            <source>Found {0} on {1} in {2}, by {3}.</source>
            <translation>Résultat : {0}, {1} dans {2}, par {3}.</translation>
        </message>
        <message>
            <source>Google Photos</source>
            <translation>Google Photos</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>Ici</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Au total</translation>
        </message>
        <message>
            <source>Kinfolk reads the names that Picasa, Lightroom, digiKam, Windows and others wrote into your photos or beside them. Nothing is changed before you say so, and one Undo takes it all back.</source>
            <translation>Kinfolk lit les noms que Picasa, Lightroom, digiKam, Windows et d’autres ont écrits dans vos photos ou à côté. Rien ne change avant que vous le disiez, et un seul « Annuler » retire tout.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>Nom là-bas</translation>
        </message>
        <message>
            <source>Named otherwise</source>
            <translation>Nommés autrement</translation>
        </message>
        <message>
            <source>Named there</source>
            <translation>Nommé là-bas</translation>
        </message>
        <message>
            <source>Names from other programs</source>
            <translation>Noms d’autres programmes</translation>
        </message>
        <message>
            <source>Neither Picasa's files nor the photos and their sidecars name anybody. Picasa writes names beside the photos as soon as a face is named.</source>
            <translation>Ni les fichiers de Picasa, ni les photos et leurs fichiers annexes ne nomment quelqu’un. Picasa écrit les noms à côté des photos dès qu’un visage est nommé.</translation>
        </message>
        <message>
            <source>No names found</source>
            <translation>Aucun nom trouvé</translation>
        </message>
        <message>
            <source>Nobody new: what {0} says of {1} is so here already, or differs.</source>
            <translation>Personne de nouveau : ce que {0} indique pour {1} est déjà ainsi ici, ou diffère.</translation>
        </message>
        <message>
            <source>People found</source>
            <translation>Personnes trouvées</translation>
        </message>
        <message>
            <source>Picasa</source>
            <translation>Picasa</translation>
        </message>
        <message>
            <source>Picasa has names for people in these photos.</source>
            <translation>Picasa a des noms pour des personnes de ces photos.</translation>
        </message>
        <message>
            <source>Picasa named people in these photos, but wrote beside them no name.</source>
            <translation>Picasa a nommé des personnes dans ces photos, mais n’a écrit aucun nom à côté.</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Lecture…</translation>
        </message>
        <message>
            <source>Reading… {0} of {1}</source>
            <translation>Lecture… {0} sur {1}</translation>
        </message>
        <message>
            <source>Show names</source>
            <translation>Afficher les noms</translation>
        </message>
        <message>
            <source>Take in names</source>
            <translation>Reprendre les noms</translation>
        </message>
        <message>
            <source>Take in {0} on {1}</source>
            <translation>Reprendre {0} pour {1}</translation>
        </message>
        <message>
            <source>Taking in names…</source>
            <translation>Reprise des noms…</translation>
        </message>
        <message>
            <source>Where is Picasa’s contacts.xml?</source>
            <translation>Où est le fichier contacts.xml de Picasa ?</translation>
        </message>
        <message>
            <source>Windows Photo Gallery</source>
            <translation>Galerie de photos Windows</translation>
        </message>
        <message>
            <source>digiKam</source>
            <translation>digiKam</translation>
        </message>
        <message>
            <source>face regions in the photos</source>
            <translation>zones de visages dans les photos</translation>
        </message>
        <message>
            <source>has another name in another program</source>
            <translation>a un autre nom dans un autre programme</translation>
        </message>
        <message>
            <source>is nobody you know, as you said</source>
            <translation>n’est personne de votre connaissance, selon vous</translation>
        </message>
        <message>
            <source>is not a face, as you said</source>
            <translation>n’est pas un visage, selon vous</translation>
        </message>
        <message>
            <source>is not this person, as you said</source>
            <translation>n’est pas cette personne, selon vous</translation>
        </message>
        <message>
            <source>is one of several of that name in the photo</source>
            <translation>est l’un de plusieurs de ce nom sur la photo</translation>
        </message>
        <message>
            <source>joins {0}</source>
            <translation>rejoint {0}</translation>
        </message>
        <message>
            <source>keywords</source>
            <translation>mots-clés</translation>
        </message>
        <message>
            <source>new</source>
            <translation>nouvelle</translation>
        </message>
        <message>
            <source>{0} already so here.</source>
            <translation>{0} déjà ainsi ici.</translation>
        </message>
        <message>
            <source>{0} among the keywords of photos with several faces.</source>
            <translation>{0} parmi les mots-clés de photos avec plusieurs visages.</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} et {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces are named otherwise there. What holds here stays, unless you tick a line:</source>
            <translation>
                <numerusform>{0} visage est nommé autrement là-bas. Ce qui vaut ici reste, sauf si vous le cochez :</numerusform>
                <numerusform>{0} visages sont nommés autrement là-bas. Ce qui vaut ici reste, sauf si vous cochez une ligne :</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} more of the same groups</source>
            <translation>{0} de plus des mêmes groupes</translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} nom</numerusform>
                <numerusform>{0} noms</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} of Picasa’s whose names are in its contacts.xml.</source>
            <translation>{0} de Picasa dont les noms sont dans son contacts.xml.</translation>
        </message>
        <message>
            <source>{0} passed over, as somebody was forgotten there.</source>
            <translation>{0} non repris, car quelqu’un y a été oublié.</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} personne</numerusform>
                <numerusform>{0} personnes</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with names not in this album.</source>
            <translation>{0} avec des noms, hors de cet album.</translation>
        </message>
        <message>
            <source>{0} with names not looked at yet.</source>
            <translation>{0} avec des noms, pas encore analysées.</translation>
        </message>
        <message>
            <source>{0}, where no face was found</source>
            <translation>{0}, là où aucun visage n’a été trouvé</translation>
        </message>
    </context>
    <context>
        <name>main_window</name>
        <message>
            <source>F11 leads back out of the full screen.</source>
            <translation>F11 quitte le plein écran.</translation>
        </message>
    </context>
    <context>
        <name>mending</name>
        <message>
            <source>A new library was begun. Your photos are looked at again; folders that are missing have to be added.</source>
            <translation>Une nouvelle bibliothèque a été commencée. Vos photos sont analysées à nouveau ; les dossiers manquants doivent être ajoutés.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Kinfolk cannot open its library: the file was damaged, as by a power cut or a failing disk. Your photos are not touched by this.</source>
            <translation>Kinfolk ne peut pas ouvrir sa bibliothèque : le fichier a été endommagé, par exemple par une coupure de courant ou un disque défaillant. Vos photos n’en sont pas touchées.</translation>
        </message>
        <message>
            <source>Kinfolk cannot start</source>
            <translation>Kinfolk ne peut pas démarrer</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Restore the newest backup</source>
            <translation>Restaurer la dernière sauvegarde</translation>
        </message>
        <message>
            <source>Restore what can be restored</source>
            <translation>Restaurer ce qui peut l’être</translation>
        </message>
        <message>
            <source>Restored the backup of {0}.</source>
            <translation>La sauvegarde du {0} a été restaurée.</translation>
        </message>
        <message>
            <source>Restored the library of {0}.</source>
            <translation>La bibliothèque du {0} a été restaurée.</translation>
        </message>
        <message>
            <source>The damaged file is kept: {0}</source>
            <translation>Le fichier endommagé est conservé : {0}</translation>
        </message>
        <message>
            <source>The file could be mended: everything is still there.</source>
            <translation>Le fichier a pu être réparé : tout est encore là.</translation>
        </message>
        <message>
            <source>The library could not be restored</source>
            <translation>La bibliothèque n’a pas pu être restaurée</translation>
        </message>
        <message>
            <source>The library is as it was. {0}</source>
            <translation>La bibliothèque est comme elle était. {0}</translation>
        </message>
        <message>
            <source>The library is being restored</source>
            <translation>Restauration de la bibliothèque en cours</translation>
        </message>
        <message>
            <source>The library is damaged</source>
            <translation>La bibliothèque est endommagée</translation>
        </message>
        <message>
            <source>The library is restored</source>
            <translation>La bibliothèque est restaurée</translation>
        </message>
        <message>
            <source>The newest good backup is of {0}, and has {1} and {2}. Restoring it keeps the damaged file, and says again what you have said since.</source>
            <translation>La dernière bonne sauvegarde est du {0} et contient {1} et {2}. La restaurer conserve le fichier endommagé et répète ce que vous avez indiqué depuis.</translation>
        </message>
        <message numerus="yes">
            <source>The {0} things that you have said since were said again.</source>
            <translation>
                <numerusform>Votre {0} indication faite depuis a été répétée.</numerusform>
                <numerusform>Vos {0} indications faites depuis ont été répétées.</numerusform>
            </translation>
        </message>
        <message>
            <source>There is no good backup of it. Kinfolk can keep the damaged file, take over what can still be read of it, and look at your photos again; what you have said of people is said again.</source>
            <translation>Il n’en existe pas de bonne sauvegarde. Kinfolk peut conserver le fichier endommagé, reprendre ce qui peut encore en être lu et analyser à nouveau vos photos ; ce que vous avez indiqué sur les personnes est répété.</translation>
        </message>
        <message>
            <source>What was there before is kept as a backup.</source>
            <translation>Ce qu’il y avait avant est conservé comme sauvegarde.</translation>
        </message>
        <message>
            <source>What was there before was damaged, and is set aside.</source>
            <translation>Ce qu’il y avait avant était endommagé et a été mis de côté.</translation>
        </message>
        <message>
            <source>{0} of them have no effect, because what they were about is not there any more.</source>
            <translation>{0} d’entre elles n’ont pas d’effet, car ce dont il s’agissait n’est plus là.</translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name</source>
            <translation>
                <numerusform>{0} personne nommée</numerusform>
                <numerusform>{0} personnes nommées</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>menu_bar</name>
        <message>
            <source>&amp;Edit</source>
            <translation>É&amp;dition</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Fichier</translation>
        </message>
        <message>
            <source>&amp;Go</source>
            <translation>A&amp;ller</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Aide</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>Affic&amp;hage</translation>
        </message>
        <message>
            <source>Collections</source>
            <translation>Collections</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Trier par</translation>
        </message>
    </context>
    <context>
        <name>models</name>
        <message numerus="yes">
            <source>About {0} photos a minute</source>
            <translation>
                <numerusform>Environ {0} photo par minute</numerusform>
                <numerusform>Environ {0} photos par minute</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About {0} photos a second</source>
            <translation>
                <numerusform>Environ {0} photo par seconde</numerusform>
                <numerusform>Environ {0} photos par seconde</numerusform>
            </translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Accepter</translation>
        </message>
        <message>
            <source>Accept changed files…</source>
            <translation>Accepter les fichiers modifiés…</translation>
        </message>
        <message>
            <source>Accept the files of {0}?</source>
            <translation>Accepter les fichiers de {0} ?</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Add a file…</source>
            <translation>Ajouter un fichier…</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>Ajouter un dossier…</translation>
        </message>
        <message>
            <source>Add these models as “{0}”?</source>
            <translation>Ajouter ces modèles sous le nom « {0} » ?</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>Ajout en cours…</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>Archives (*.zip)</source>
            <translation>Archives (*.zip)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Checking and unpacking…</source>
            <translation>Vérification et extraction…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Comes from {0}, {1}</source>
            <translation>Provenance : {0}, {1}</translation>
        </message>
        <message>
            <source>Comes with Kinfolk: small and quick, and all of it is free to use.</source>
            <translation>Livré avec Kinfolk : petit et rapide, et entièrement libre d’utilisation.</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Télécharger</translation>
        </message>
        <message>
            <source>Download again…</source>
            <translation>Télécharger à nouveau…</translation>
        </message>
        <message>
            <source>Downloading: {0}</source>
            <translation>Téléchargement : {0}</translation>
        </message>
        <message>
            <source>Download…</source>
            <translation>Télécharger…</translation>
        </message>
        <message>
            <source>For every use</source>
            <translation>Pour tout usage</translation>
        </message>
        <message>
            <source>Go back to {0}</source>
            <translation>Revenir à {0}</translation>
        </message>
        <message>
            <source>Go on downloading…</source>
            <translation>Reprendre le téléchargement…</translation>
        </message>
        <message>
            <source>How far the download is</source>
            <translation>Avancement du téléchargement</translation>
        </message>
        <message>
            <source>How far the switch is</source>
            <translation>Avancement du changement</translation>
        </message>
        <message>
            <source>I have read this, and use the models
for non-commercial research only</source>
            <translation>J’ai lu ceci et j’utilise les modèles
uniquement pour la recherche non commerciale</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>Utilisé</translation>
        </message>
        <message>
            <source>It has to have the SHA-256 {0}.</source>
            <translation>L’archive doit avoir la somme SHA-256 {0}.</translation>
        </message>
        <message>
            <source>Its authors say what for</source>
            <translation>Usage fixé par ses auteurs</translation>
        </message>
        <message>
            <source>Kinfolk does not know these models. Whether they are good, and what their licence allows, is for you to know.

Models: {0}</source>
            <translation>Kinfolk ne connaît pas ces modèles. À vous de savoir s’ils sont bons et ce que leur licence autorise.

Modèles : {0}</translation>
        </message>
        <message>
            <source>Large, and the most accurate of its family: for faces that are hard to recognise.</source>
            <translation>Grands, et les plus précis de leur famille : pour les visages difficiles à reconnaître.</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licence</translation>
        </message>
        <message>
            <source>Looking at the models…</source>
            <translation>Examen des modèles…</translation>
        </message>
        <message>
            <source>Looking at what it holds…</source>
            <translation>Examen du contenu…</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Mesurer</translation>
        </message>
        <message>
            <source>Measuring: Kinfolk looks at a drawn photo…</source>
            <translation>Mesure en cours : Kinfolk analyse une photo dessinée…</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modèles</translation>
        </message>
        <message>
            <source>Models find faces and tell people apart. The ones that come with Kinfolk do that without any others. Others come from their authors, over the internet, only when you ask for them here; read what they may be used for.</source>
            <translation>Les modèles trouvent les visages et distinguent les personnes. Ceux livrés avec Kinfolk y suffisent. D’autres viennent de leurs auteurs, par Internet, seulement si vous les demandez ici ; lisez à quels usages ils sont autorisés.</translation>
        </message>
        <message>
            <source>Models of your own.</source>
            <translation>Vos propres modèles.</translation>
        </message>
        <message>
            <source>Nobody has published its sum: the first download is trusted, and held to later.</source>
            <translation>Personne n’a publié sa somme de contrôle : le premier téléchargement fait foi, et les suivants doivent lui être identiques.</translation>
        </message>
        <message>
            <source>Non-commercial research only</source>
            <translation>Recherche non commerciale uniquement</translation>
        </message>
        <message>
            <source>Not on this computer</source>
            <translation>Pas sur cet ordinateur</translation>
        </message>
        <message>
            <source>Published at {0}</source>
            <translation>Publiée sur {0}</translation>
        </message>
        <message>
            <source>Quick, and less sure of people than buffalo_l; tells age and gender.</source>
            <translation>Rapides, et moins sûrs des personnes que buffalo_l ; indiquent l’âge et le sexe.</translation>
        </message>
        <message>
            <source>Recognises people as buffalo_l does, and looks for faces more quickly.</source>
            <translation>Reconnaissent les personnes comme buffalo_l, et recherchent les visages plus vite.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Supprimer</translation>
        </message>
        <message>
            <source>Remove {0}?</source>
            <translation>Supprimer {0} ?</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Supprimer…</translation>
        </message>
        <message>
            <source>SHA-256 of the archive, to be compared: {0}</source>
            <translation>Somme SHA-256 de l’archive, à comparer : {0}</translation>
        </message>
        <message>
            <source>Speed not measured yet</source>
            <translation>Vitesse pas encore mesurée</translation>
        </message>
        <message>
            <source>Switching to {0}: people are being put together.</source>
            <translation>Passage à {0} : regroupement des personnes en cours.</translation>
        </message>
        <message>
            <source>Switching to {0}: {1} of {2} photos looked at. Your album works with {3} until then.</source>
            <translation>Passage à {0} : {1} photos sur {2} analysées. D’ici là, votre album fonctionne avec {3}.</translation>
        </message>
        <message>
            <source>The connection was lost; trying again in a moment. {0} came.</source>
            <translation>La connexion a été perdue ; nouvel essai dans un instant. Reçu : {0}.</translation>
        </message>
        <message>
            <source>The files are not what they were. Accept them only if you changed them yourself: models of somebody else see what somebody else wants.</source>
            <translation>Les fichiers ne sont plus ce qu’ils étaient. Ne les acceptez que si vous les avez modifiés vous-même : les modèles de quelqu’un d’autre voient ce que veut quelqu’un d’autre.</translation>
        </message>
        <message>
            <source>The largest, and the slowest: trained on more people than the others.</source>
            <translation>Les plus grands et les plus lents : entraînés sur plus de personnes que les autres.</translation>
        </message>
        <message>
            <source>The licence of {0}</source>
            <translation>Licence de {0}</translation>
        </message>
        <message>
            <source>The models are deleted from this computer. Your photos, your people and everything you said stay as they are.</source>
            <translation>Les modèles sont supprimés de cet ordinateur. Vos photos, vos personnes et tout ce que vous avez indiqué restent tels quels.</translation>
        </message>
        <message>
            <source>The models {0} are here, and are what they have to be.</source>
            <translation>Les modèles {0} sont là, et sont bien ce qu’ils doivent être.</translation>
        </message>
        <message>
            <source>The models {0} are here.</source>
            <translation>Les modèles {0} sont là.</translation>
        </message>
        <message>
            <source>The smallest of its family: as buffalo_s, without age and gender.</source>
            <translation>Les plus petits de leur famille : comme buffalo_s, sans âge ni sexe.</translation>
        </message>
        <message>
            <source>The switch to {0} was stopped: {1} of {2} photos looked at, and kept for a while.</source>
            <translation>Le passage à {0} a été arrêté : {1} photos sur {2} regardées, conservées un certain temps.</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Utiliser</translation>
        </message>
        <message>
            <source>Which archive holds the models?</source>
            <translation>Quelle archive contient les modèles ?</translation>
        </message>
        <message>
            <source>Which folder holds the models?</source>
            <translation>Quel dossier contient les modèles ?</translation>
        </message>
        <message>
            <source>Your album works with {0}. Until {1} you can go back to {2} at once.</source>
            <translation>Votre album fonctionne avec {0}. Vous pouvez revenir aussitôt à {2} (jusqu’à : {1}).</translation>
        </message>
        <message>
            <source>Your album works with {0}. You can go back to {1} at once.</source>
            <translation>Votre album fonctionne avec {0}. Vous pouvez revenir aussitôt à {1}.</translation>
        </message>
        <message>
            <source>as fast as {0}</source>
            <translation>aussi rapide que {0}</translation>
        </message>
        <message>
            <source>takes {0} times as long as {1}</source>
            <translation>prend {0} fois le temps de {1}</translation>
        </message>
        <message>
            <source>{0} came before.</source>
            <translation>Déjà téléchargé : {0}.</translation>
        </message>
        <message>
            <source>{0} ms for a photo, and {1} ms for each face in it, one photo at a time.</source>
            <translation>{0} ms par photo et {1} ms par visage qu’elle contient, une photo à la fois.</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} sur {1}</translation>
        </message>
        <message>
            <source>{0} times as fast as {1}</source>
            <translation>{0} fois la vitesse de {1}</translation>
        </message>
        <message>
            <source>{0} to download</source>
            <translation>{0} à télécharger</translation>
        </message>
    </context>
    <context>
        <name>notifying</name>
        <message>
            <source>Group now</source>
            <translation>Regrouper maintenant</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Afficher</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait to be grouped.</source>
            <translation>
                <numerusform>{0} visage attend d’être regroupé.</numerusform>
                <numerusform>{0} visages attendent d’être regroupés.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait, to be grouped at {1}.</source>
            <translation>
                <numerusform>{0} visage attend ; regroupement à {1}.</numerusform>
                <numerusform>{0} visages attendent ; regroupement à {1}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>pages</name>
        <message>
            <source>Activity</source>
            <translation>Activité</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertes</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Masquées</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Historique</translation>
        </message>
        <message>
            <source>One person</source>
            <translation>Une personne</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>À vérifier</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Recherche</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Sans nom</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>Visiteurs</translation>
        </message>
    </context>
    <context>
        <name>people</name>
        <message>
            <source>Birth year…</source>
            <translation>Année de naissance…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Choose a cover for {0}</source>
            <translation>Choisir une couverture pour {0}</translation>
        </message>
        <message>
            <source>Choose cover…</source>
            <translation>Choisir la couverture…</translation>
        </message>
        <message>
            <source>Click to give a name</source>
            <translation>Cliquer pour nommer</translation>
        </message>
        <message>
            <source>Click to rename</source>
            <translation>Cliquer pour renommer</translation>
        </message>
        <message>
            <source>Collapse section</source>
            <translation>Replier la section</translation>
        </message>
        <message>
            <source>Does not work here</source>
            <translation>Ne travaille pas ici</translation>
        </message>
        <message>
            <source>Double-click to see all photos of {0}</source>
            <translation>Double-cliquer pour voir toutes les photos de {0}</translation>
        </message>
        <message>
            <source>Escape shows everyone again.</source>
            <translation>Échap affiche à nouveau tout le monde.</translation>
        </message>
        <message>
            <source>Expand section</source>
            <translation>Déplier la section</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>Exporter les photos…</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Oublier</translation>
        </message>
        <message>
            <source>Forget this person…</source>
            <translation>Oublier cette personne…</translation>
        </message>
        <message>
            <source>Forget {0}?</source>
            <translation>Oublier {0} ?</translation>
        </message>
        <message>
            <source>Give a name</source>
            <translation>Nommer</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>Groupes</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Masquées</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Masquer</translation>
        </message>
        <message>
            <source>Kinfolk erases the name, the faces and everything that was said of this person, and does not learn them from these photos again. The photos themselves stay.</source>
            <translation>Kinfolk efface le nom, les visages et tout ce qui a été indiqué sur cette personne, et ne l’apprendra plus de ces photos. Les photos elles-mêmes restent.</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Fusionner</translation>
        </message>
        <message>
            <source>Merge into…</source>
            <translation>Fusionner avec…</translation>
        </message>
        <message>
            <source>Merge these people</source>
            <translation>Fusionner ces personnes</translation>
        </message>
        <message>
            <source>Merge with {0}</source>
            <translation>Fusionner avec {0}</translation>
        </message>
        <message>
            <source>Merge {0} into whom?</source>
            <translation>Avec qui fusionner {0} ?</translation>
        </message>
        <message>
            <source>Merge {0} into {1}</source>
            <translation>Fusionner {0} avec {1}</translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people into whom?</source>
            <translation>
                <numerusform>Avec qui fusionner {0} personne ?</numerusform>
                <numerusform>Avec qui fusionner {0} personnes ?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people, {1}, into {2}</source>
            <translation>
                <numerusform>Fusionner {0} personne, {1}, avec {2}</numerusform>
                <numerusform>Fusionner {0} personnes, {1}, avec {2}</numerusform>
            </translation>
        </message>
        <message>
            <source>Most photos</source>
            <translation>Le plus de photos</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Name them all…</source>
            <translation>Les nommer toutes…</translation>
        </message>
        <message>
            <source>Named</source>
            <translation>Nommées</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”</source>
            <translation>Personne ici ne s’appelle « {0} »</translation>
        </message>
        <message>
            <source>Nobody is hidden</source>
            <translation>Personne n’est masqué</translation>
        </message>
        <message>
            <source>Not known</source>
            <translation>Inconnue</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>Recently changed</source>
            <translation>Modifiées récemment</translation>
        </message>
        <message>
            <source>Recently seen</source>
            <translation>Vues récemment</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Renommer</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Enregistrer</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Tout sélectionner</translation>
        </message>
        <message>
            <source>Show again</source>
            <translation>Afficher à nouveau</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Afficher toutes les photos de cette personne</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Afficher toutes les photos de {0}</translation>
        </message>
        <message>
            <source>Show photos with all of them</source>
            <translation>Afficher les photos où tous figurent</translation>
        </message>
        <message>
            <source>Show photos with any of them</source>
            <translation>Afficher les photos où l’un d’eux figure</translation>
        </message>
        <message>
            <source>Small groups</source>
            <translation>Petits groupes</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Quelqu’un d’autre…</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} go.</source>
            <translation>Le nom {0} reste ; {1} disparaissent.</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} goes.</source>
            <translation>Le nom {0} reste ; {1} disparaît.</translation>
        </message>
        <message>
            <source>The people in your photos</source>
            <translation>Les personnes de vos photos</translation>
        </message>
        <message>
            <source>These {0} are one person. Who is it?</source>
            <translation>Ces {0} sont une seule personne. Qui est-ce ?</translation>
        </message>
        <message>
            <source>They appear here as they are found. Then say who they are.</source>
            <translation>Elles apparaissent ici à mesure qu’elles sont trouvées. Dites ensuite qui elles sont.</translation>
        </message>
        <message>
            <source>They are different people</source>
            <translation>Ce sont des personnes différentes</translation>
        </message>
        <message>
            <source>They will be called {0}.</source>
            <translation>Nom commun : {0}.</translation>
        </message>
        <message>
            <source>This is several people…</source>
            <translation>Il y a ici plusieurs personnes…</translation>
        </message>
        <message>
            <source>Undo lets the faces be found again, but it does not bring the name back.</source>
            <translation>« Annuler » permet de retrouver les visages, mais ne ramène pas le nom.</translation>
        </message>
        <message>
            <source>When was {0} born?</source>
            <translation>Quelle est l’année de naissance de {0} ?</translation>
        </message>
        <message>
            <source>Where the name was written into sidecars beside the photos, it stays until names are written again.</source>
            <translation>Là où le nom a été écrit dans des fichiers annexes à côté des photos, il reste jusqu’à ce que des noms soient écrits à nouveau.</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Qui est-ce ?</translation>
        </message>
        <message>
            <source>Whom you hide is kept here, out of the way, and can be shown again.</source>
            <translation>Les personnes que vous masquez sont gardées ici, à l’écart, et peuvent être affichées à nouveau.</translation>
        </message>
        <message>
            <source>Works here</source>
            <translation>Travaille ici</translation>
        </message>
        <message>
            <source>Year of birth</source>
            <translation>Année de naissance</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>cette personne</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} et {1}</translation>
        </message>
        <message>
            <source>{0} is here already, but hidden: {1}.</source>
            <translation>{0} existe déjà ici, parmi les personnes masquées : {1}.</translation>
        </message>
        <message>
            <source>{0} is here already: {1}.</source>
            <translation>{0} existe déjà ici : {1}.</translation>
        </message>
    </context>
    <context>
        <name>person</name>
        <message>
            <source>Choose the cover</source>
            <translation>Choisir la couverture</translation>
        </message>
        <message>
            <source>Click to change the name</source>
            <translation>Cliquer pour changer le nom</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>Couverture</translation>
        </message>
        <message>
            <source>Estimated from {0}. Most of them look this age; it may be wrong.</source>
            <translation>Estimation d’après {0}. La plupart donnent cet âge ; elle peut être fausse.</translation>
        </message>
        <message>
            <source>Estimated from {0}: {1} years on average, from {2} to {3}. Most of them look the ages in brackets; it may be wrong.</source>
            <translation>Estimation d’après {0} : {1} ans en moyenne, de {2} à {3}. La plupart donnent les âges entre parenthèses ; elle peut être fausse.</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Visages</translation>
        </message>
        <message>
            <source>Female</source>
            <translation>Femme</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>Est-ce {0} ?</translation>
        </message>
        <message>
            <source>Looks about {0}</source>
            <translation>Semble avoir environ {0} ans</translation>
        </message>
        <message>
            <source>Looks about {0} ({1})</source>
            <translation>Semble avoir environ {0} ans ({1})</translation>
        </message>
        <message>
            <source>Looks {0}</source>
            <translation>Semble avoir {0} ans</translation>
        </message>
        <message>
            <source>Male</source>
            <translation>Homme</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>More that can be done with this person</source>
            <translation>Autres actions pour cette personne</translation>
        </message>
        <message>
            <source>No, not {0} (N)</source>
            <translation>Non, pas {0} (N)</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Pas cette personne</translation>
        </message>
        <message>
            <source>Not {0} in these photos</source>
            <translation>Pas {0} sur ces photos</translation>
        </message>
        <message>
            <source>Not {0} in this photo</source>
            <translation>Pas {0} sur cette photo</translation>
        </message>
        <message>
            <source>Open photo</source>
            <translation>Ouvrir la photo</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Personne</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Photos with {0}: {1}</source>
            <translation>Photos avec {0} : {1}</translation>
        </message>
        <message>
            <source>Select the face for the cover and press C.</source>
            <translation>Sélectionnez le visage pour la couverture et appuyez sur C.</translation>
        </message>
        <message>
            <source>Select the faces that are somebody else's.</source>
            <translation>Sélectionnez les visages qui sont ceux de quelqu’un d’autre.</translation>
        </message>
        <message>
            <source>Show all {0} in Review</source>
            <translation>Afficher les {0} dans « À vérifier »</translation>
        </message>
        <message>
            <source>Show in Review</source>
            <translation>Afficher dans « À vérifier »</translation>
        </message>
        <message>
            <source>Show photos together with…</source>
            <translation>Afficher les photos avec…</translation>
        </message>
        <message>
            <source>Show the {0} with {1}</source>
            <translation>Afficher {0} avec {1}</translation>
        </message>
        <message>
            <source>The rest</source>
            <translation>Les autres</translation>
        </message>
        <message>
            <source>These look different</source>
            <translation>Ceux-ci paraissent différents</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Utiliser comme couverture</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Qui est-ce ?</translation>
        </message>
        <message>
            <source>Yes, {0} (Y)</source>
            <translation>Oui, {0} (Y)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>une personne sans nom</translation>
        </message>
        <message>
            <source>born {0}</source>
            <translation>naissance : {0}</translation>
        </message>
        <message>
            <source>female</source>
            <translation>femme</translation>
        </message>
        <message>
            <source>male</source>
            <translation>homme</translation>
        </message>
        <message>
            <source>the same person</source>
            <translation>la même personne</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>cette personne</translation>
        </message>
        <message>
            <source>with</source>
            <translation>avec</translation>
        </message>
        <message>
            <source>works here</source>
            <translation>travaille ici</translation>
        </message>
        <message>
            <source>{0} (estimated)</source>
            <translation>{0} (estimation)</translation>
        </message>
        <message>
            <source>{0} more</source>
            <translation>{0} de plus</translation>
        </message>
        <message>
            <source>{0} more who are in the same photos</source>
            <translation>{0} de plus qui figurent sur les mêmes photos</translation>
        </message>
    </context>
    <context>
        <name>photos</name>
        <message>
            <source>A stranger</source>
            <translation>Personne inconnue</translation>
        </message>
        <message>
            <source>Alike faces stand together. Select some to say who they are.</source>
            <translation>Les visages semblables sont côte à côte. Sélectionnez-en quelques-uns pour dire qui c’est.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Close the stack</source>
            <translation>Fermer la pile</translation>
        </message>
        <message>
            <source>Close the stack (Esc)</source>
            <translation>Fermer la pile (Échap)</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copié</translation>
        </message>
        <message>
            <source>Copy file</source>
            <translation>Copier le fichier</translation>
        </message>
        <message>
            <source>Copy image</source>
            <translation>Copier l’image</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Copier le chemin</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>Exporter les photos…</translation>
        </message>
        <message>
            <source>Export {0}…</source>
            <translation>Exporter {0}…</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>Visage de {0}</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>Visage sans nom</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Visages</translation>
        </message>
        <message>
            <source>Hard to recognise</source>
            <translation>Difficiles à reconnaître</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>Placer au-dessus</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>More that can be said of the selected faces</source>
            <translation>Autres indications pour les visages sélectionnés</translation>
        </message>
        <message>
            <source>Move to…</source>
            <translation>Déplacer vers…</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sans date</translation>
        </message>
        <message>
            <source>No date; its file is of {0}</source>
            <translation>Sans date ; son fichier est du {0}</translation>
        </message>
        <message numerus="yes">
            <source>None of these {0} photos is on this disk, so they cannot be dragged.</source>
            <translation>
                <numerusform>Cette photo n’est pas sur cet ordinateur ; elle ne peut donc pas être déplacée par glisser-déposer.</numerusform>
                <numerusform>Aucune de ces {0} photos n’est sur cet ordinateur ; elles ne peuvent donc pas être déplacées par glisser-déposer.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>Pas un visage</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Pas cette personne</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>Pas {0}</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
        <message>
            <source>Open with the default program</source>
            <translation>Ouvrir avec le programme par défaut</translation>
        </message>
        <message>
            <source>Photo of {0}</source>
            <translation>Photo du {0}</translation>
        </message>
        <message>
            <source>Photo without a date</source>
            <translation>Photo sans date</translation>
        </message>
        <message>
            <source>Photo without a date; its file is of {0}</source>
            <translation>Photo sans date ; son fichier est du {0}</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>Photos de cette pile</translation>
        </message>
        <message>
            <source>Photos of this stack</source>
            <translation>Photos de cette pile</translation>
        </message>
        <message>
            <source>Select the whole group</source>
            <translation>Sélectionner tout le groupe</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Afficher toutes les photos de cette personne</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Afficher toutes les photos de {0}</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Afficher dans le gestionnaire de fichiers</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Afficher la photo</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Quelqu’un d’autre…</translation>
        </message>
        <message>
            <source>Stack these photos</source>
            <translation>Empiler ces photos</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>Retirer de la pile</translation>
        </message>
        <message>
            <source>The camera wrote no date; the file is of {0}</source>
            <translation>L’appareil n’a pas écrit de date ; le fichier est du {0}</translation>
        </message>
        <message>
            <source>They are one person who gets a name later</source>
            <translation>C’est une seule personne, qui sera nommée plus tard</translation>
        </message>
        <message>
            <source>This is someone else…</source>
            <translation>C’est quelqu’un d’autre…</translation>
        </message>
        <message>
            <source>Top</source>
            <translation>Au-dessus</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Sans nom</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Utiliser comme couverture</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Qui est-ce ?</translation>
        </message>
        <message>
            <source>Without a name</source>
            <translation>Sans nom</translation>
        </message>
        <message>
            <source>Yes, it is this person</source>
            <translation>Oui, c’est cette personne</translation>
        </message>
        <message>
            <source>Yes, it is {0}</source>
            <translation>Oui, c’est {0}</translation>
        </message>
        <message>
            <source>in a video at {0}</source>
            <translation>dans une vidéo à {0}</translation>
        </message>
        <message>
            <source>not sure</source>
            <translation>pas sûr</translation>
        </message>
        <message>
            <source>video, {0}</source>
            <translation>vidéo, {0}</translation>
        </message>
        <message>
            <source>you said so</source>
            <translation>selon vous</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces selected</source>
            <translation>
                <numerusform>{0} visage sélectionné</numerusform>
                <numerusform>{0} visages sélectionnés</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in this stack</source>
            <translation>{0} dans cette pile</translation>
        </message>
        <message numerus="yes">
            <source>{0} photos are not on this disk and are left out.</source>
            <translation>
                <numerusform>{0} photo n’est pas sur cet ordinateur et est laissée de côté.</numerusform>
                <numerusform>{0} photos ne sont pas sur cet ordinateur et sont laissées de côté.</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with this picture</source>
            <translation>{0} avec cette image</translation>
        </message>
        <message>
            <source>{0} · age {1}</source>
            <translation>{0} · {1} ans</translation>
        </message>
        <message>
            <source>{0}, on top of the stack</source>
            <translation>{0}, au-dessus de la pile</translation>
        </message>
    </context>
    <context>
        <name>review</name>
        <message>
            <source>1 face in question</source>
            <translation>1 visage en question</translation>
        </message>
        <message>
            <source>Almost certainly</source>
            <translation>Presque certain</translation>
        </message>
        <message>
            <source>Are all of these the same person?</source>
            <translation>Tous ces visages sont-ils la même personne ?</translation>
        </message>
        <message>
            <source>Are these the same person?</source>
            <translation>Est-ce la même personne ?</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>{0} et {1} sont-ils la même personne ?</translation>
        </message>
        <message>
            <source>Ask skipped ones again</source>
            <translation>Reposer les questions passées</translation>
        </message>
        <message>
            <source>C or Space shows the whole photo  ·  W tells why it is asked</source>
            <translation>C ou Espace affiche la photo entière  ·  W dit pourquoi la question est posée</translation>
        </message>
        <message>
            <source>Different people</source>
            <translation>Personnes différentes</translation>
        </message>
        <message>
            <source>Do these belong with {0}?</source>
            <translation>Ces visages sont-ils ceux de {0} ?</translation>
        </message>
        <message>
            <source>Does this face belong with {0}?</source>
            <translation>Ce visage est-il celui de {0} ?</translation>
        </message>
        <message>
            <source>Even the nearest face of {0} is not very much alike.</source>
            <translation>Même le visage le plus proche de {0} n’est pas très ressemblant.</translation>
        </message>
        <message>
            <source>Face {0} of {1}</source>
            <translation>Visage {0} sur {1}</translation>
        </message>
        <message>
            <source>Faces in question</source>
            <translation>Visages en question</translation>
        </message>
        <message>
            <source>Faces they are held against</source>
            <translation>Visages de comparaison</translation>
        </message>
        <message>
            <source>How many of the questions are answered</source>
            <translation>Combien de questions ont une réponse</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>Est-ce {0} ?</translation>
        </message>
        <message>
            <source>It looks like someone else</source>
            <translation>Il ressemble à quelqu’un d’autre</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure who somebody is.</source>
            <translation>Kinfolk demande quand il n’est pas sûr de qui il s’agit.</translation>
        </message>
        <message>
            <source>Kinfolk asks you as soon as it has found people in your photos.</source>
            <translation>Kinfolk vous posera des questions dès qu’il aura trouvé des personnes dans vos photos.</translation>
        </message>
        <message>
            <source>Look at the whole photo</source>
            <translation>Voir la photo entière</translation>
        </message>
        <message>
            <source>Looking for what to ask…</source>
            <translation>Recherche de questions…</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Non</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sans date</translation>
        </message>
        <message>
            <source>No questions yet</source>
            <translation>Pas encore de questions</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>Pas un visage</translation>
        </message>
        <message>
            <source>Not faces</source>
            <translation>Pas des visages</translation>
        </message>
        <message>
            <source>Not likely, but worth a look</source>
            <translation>Peu probable, mais cela vaut un coup d’œil</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>Pas {0}</translation>
        </message>
        <message>
            <source>Nothing to ask</source>
            <translation>Rien à demander</translation>
        </message>
        <message>
            <source>Of 100 questions like this one, about {0} are answered with yes.</source>
            <translation>Sur 100 questions comme celle-ci, environ {0} reçoivent un oui.</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>Un instant.</translation>
        </message>
        <message>
            <source>Only about {0} in 100 faces like these belong where they are.</source>
            <translation>Seulement {0} visages environ sur 100 comme ceux-ci sont à leur place.</translation>
        </message>
        <message>
            <source>Or an unnamed person?</source>
            <translation>Ou une personne sans nom ?</translation>
        </message>
        <message>
            <source>Or {0}?</source>
            <translation>Ou {0} ?</translation>
        </message>
        <message>
            <source>Perhaps</source>
            <translation>Peut-être</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Question</translation>
        </message>
        <message>
            <source>Quite likely</source>
            <translation>Assez probable</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>À vérifier</translation>
        </message>
        <message>
            <source>Show all photos</source>
            <translation>Afficher toutes les photos</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Afficher toutes les photos de {0}</translation>
        </message>
        <message>
            <source>Show people</source>
            <translation>Afficher les personnes</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Afficher la photo</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Passer</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Passée</translation>
        </message>
        <message>
            <source>Someone else</source>
            <translation>Quelqu’un d’autre</translation>
        </message>
        <message>
            <source>Someone else: type a name</source>
            <translation>Quelqu’un d’autre : saisissez un nom</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Quelqu’un d’autre…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>That is all for now</source>
            <translation>C’est tout pour le moment</translation>
        </message>
        <message>
            <source>The nearest face of {0} is quite alike.</source>
            <translation>Le visage le plus proche de {0} est assez ressemblant.</translation>
        </message>
        <message>
            <source>The nearest face of {0} is very much alike.</source>
            <translation>Le visage le plus proche de {0} est très ressemblant.</translation>
        </message>
        <message>
            <source>The next likely person</source>
            <translation>La personne probable suivante</translation>
        </message>
        <message>
            <source>The other faces, {0} in all</source>
            <translation>Les autres visages, {0} en tout</translation>
        </message>
        <message>
            <source>They look like someone else</source>
            <translation>Ils ressemblent à quelqu’un d’autre</translation>
        </message>
        <message>
            <source>Unnamed faces</source>
            <translation>Visages sans nom</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Personne sans nom</translation>
        </message>
        <message>
            <source>Very likely</source>
            <translation>Très probable</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>Pourquoi ?</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Oui</translation>
        </message>
        <message>
            <source>You settled {0}. Kinfolk asks again when there is something new.</source>
            <translation>Réglé : {0}. Kinfolk demandera à nouveau quand il y aura du nouveau.</translation>
        </message>
        <message numerus="yes">
            <source>about {0} faces</source>
            <translation>
                <numerusform>environ {0} visage</numerusform>
                <numerusform>environ {0} visages</numerusform>
            </translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>une personne sans nom</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>cette personne</translation>
        </message>
        <message>
            <source>{0}  ·  Backspace takes it back</source>
            <translation>{0}  ·  Retour arrière l’annule</translation>
        </message>
        <message>
            <source>{0} ({1} % sure)</source>
            <translation>{0} (sûr à {1} %)</translation>
        </message>
        <message>
            <source>{0} ({1} %)</source>
            <translation>{0} ({1} %)</translation>
        </message>
        <message>
            <source>{0} in question</source>
            <translation>{0} en question</translation>
        </message>
        <message>
            <source>{0} is more alike still.</source>
            <translation>La ressemblance avec {0} est encore plus forte.</translation>
        </message>
        <message>
            <source>{0} is nearly as alike.</source>
            <translation>La ressemblance avec {0} est presque aussi forte.</translation>
        </message>
        <message>
            <source>{0} is next, but clearly less alike.</source>
            <translation>Vient ensuite {0}, avec une ressemblance nettement moindre.</translation>
        </message>
        <message>
            <source>{0} of the nearest {1} you placed yourself.</source>
            <translation>Vous avez placé vous-même {0} des {1} les plus proches.</translation>
        </message>
        <message>
            <source>{0} of {1}, ← and → show the others</source>
            <translation>{0} sur {1}, ← et → affichent les autres</translation>
        </message>
        <message numerus="yes">
            <source>{0} questions left</source>
            <translation>
                <numerusform>encore {0} question</numerusform>
                <numerusform>encore {0} questions</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, it settles 1 face</source>
            <translation>{0}, réglant 1 visage</translation>
        </message>
        <message>
            <source>{0}, it settles {1}</source>
            <translation>{0}, réglant {1}</translation>
        </message>
        <message>
            <source>{0}, they settle {1}</source>
            <translation>{0}, réglant {1}</translation>
        </message>
        <message>
            <source>✓ The same person</source>
            <translation>✓ La même personne</translation>
        </message>
    </context>
    <context>
        <name>sayings</name>
        <message>
            <source>, {0} found</source>
            <translation>, avec {0}</translation>
        </message>
        <message>
            <source>--json needs a command; see `kinfolk --help`.</source>
            <translation>--json demande une commande ; voir `kinfolk --help`.</translation>
        </message>
        <message>
            <source>1 face</source>
            <translation>1 visage</translation>
        </message>
        <message>
            <source>1 face and its embedding are</source>
            <translation>1 visage et ses caractéristiques ont été effacés</translation>
        </message>
        <message>
            <source>1 face is a stranger</source>
            <translation>1 visage attribué à une personne inconnue</translation>
        </message>
        <message>
            <source>1 face is not {0}</source>
            <translation>1 visage non attribué à {0}</translation>
        </message>
        <message>
            <source>1 face is {0}</source>
            <translation>1 visage attribué à {0}</translation>
        </message>
        <message>
            <source>1 face is {0}, not {1}</source>
            <translation>1 visage attribué à {0}, et non à {1}</translation>
        </message>
        <message>
            <source>1 face that you placed is</source>
            <translation>1 visage que vous avez placé est</translation>
        </message>
        <message>
            <source>1 face with {0} looks like someone else. Does it belong there?</source>
            <translation>1 visage chez {0} ressemble à quelqu’un d’autre. Est-il à sa place ?</translation>
        </message>
        <message>
            <source>1 is not a face</source>
            <translation>1 n’est pas un visage</translation>
        </message>
        <message>
            <source>1 of the faces is</source>
            <translation>1 des visages n’est pas</translation>
        </message>
        <message>
            <source>1 person</source>
            <translation>1 personne</translation>
        </message>
        <message>
            <source>1 person is not staff</source>
            <translation>1 personne ne fait pas partie du personnel</translation>
        </message>
        <message>
            <source>1 person is shown again</source>
            <translation>1 personne est affichée à nouveau</translation>
        </message>
        <message>
            <source>1 person is staff</source>
            <translation>1 personne fait partie du personnel</translation>
        </message>
        <message>
            <source>1 person or group</source>
            <translation>1 personne ou groupe</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 photo</translation>
        </message>
        <message>
            <source>1 place</source>
            <translation>1 lieu</translation>
        </message>
        <message>
            <source>1 unnamed person</source>
            <translation>1 personne sans nom</translation>
        </message>
        <message>
            <source>1 unnamed person has</source>
            <translation>1 personne sans nom n’a plus</translation>
        </message>
        <message>
            <source>; {0} skipped</source>
            <translation> ; {0} ignorés</translation>
        </message>
        <message>
            <source>A backup is damaged; `kinfolk backup --list` says which.</source>
            <translation>Une sauvegarde est endommagée ; `kinfolk backup --list` dit laquelle.</translation>
        </message>
        <message>
            <source>A collection needs a name.</source>
            <translation>Une collection a besoin d’un nom.</translation>
        </message>
        <message>
            <source>A command that is run when a task ends and for every alert, with a JSON document on its standard input.</source>
            <translation>Une commande exécutée à la fin d’une tâche et à chaque alerte, avec un document JSON sur son entrée standard.</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is.</source>
            <translation>Un visage de moindre qualité ne compte pas comme inconnu : impossible de dire qui c’est.</translation>
        </message>
        <message>
            <source>A high-definition face is larger than this.</source>
            <translation>Un visage haute définition est plus grand que cela.</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>Une image plus grande est ignorée.</translation>
        </message>
        <message>
            <source>A later call took its place.</source>
            <translation>Un appel ultérieur a pris sa place.</translation>
        </message>
        <message>
            <source>A name needs at least one letter.</source>
            <translation>Un nom a besoin d’au moins une lettre.</translation>
        </message>
        <message>
            <source>A person is founded by at least this many photos.</source>
            <translation>Une personne est formée à partir d’au moins ce nombre de photos.</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>Une photo dont l’analyse demande plus de mémoire est ignorée.</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>Une photo dont l’analyse prend plus de temps est ignorée.</translation>
        </message>
        <message>
            <source>A stack takes two photos or more.</source>
            <translation>Une pile demande au moins deux photos.</translation>
        </message>
        <message>
            <source>A stranger at {0}</source>
            <translation>Personne inconnue : {0}</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>Une personne inconnue déclenche une alerte une fois vue sur ce nombre de photos au total.</translation>
        </message>
        <message>
            <source>A task of the type {0} cannot be cancelled.</source>
            <translation>Une tâche de type {0} ne peut pas être annulée.</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>Une vidéo dont l’analyse prend plus de temps est ignorée.</translation>
        </message>
        <message>
            <source>A window of Kinfolk has this library open, and does not answer. Wait a moment, or end it and try again.</source>
            <translation>Une fenêtre de Kinfolk a ouvert cette bibliothèque et ne répond pas. Attendez un instant, ou mettez-y fin et réessayez.</translation>
        </message>
        <message>
            <source>A year of birth lies between {0} and {1}.</source>
            <translation>Une année de naissance se situe entre {0} et {1}.</translation>
        </message>
        <message>
            <source>An index is damaged in {0} ({1}).</source>
            <translation>Un index est endommagé dans {0} ({1}).</translation>
        </message>
        <message>
            <source>And of a quality above this.</source>
            <translation>Et d’une qualité supérieure à cela.</translation>
        </message>
        <message>
            <source>And turned less than this in every direction.</source>
            <translation>Et tourné de moins que cela dans chaque direction.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos, and does not answer. Wait a moment or close it; listing and naming people works meanwhile.</source>
            <translation>Un autre Kinfolk a ouvert cette bibliothèque pour analyser des photos et ne répond pas. Attendez un instant ou fermez-le ; lister et nommer des personnes reste possible.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos. Add folders there, or close it first; listing and naming people works meanwhile.</source>
            <translation>Un autre Kinfolk a ouvert cette bibliothèque pour analyser des photos. Ajoutez-y les dossiers, ou fermez-le d’abord ; lister et nommer des personnes reste possible.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open. Close it and try again.</source>
            <translation>Un autre Kinfolk a ouvert cette bibliothèque. Fermez-le et réessayez.</translation>
        </message>
        <message>
            <source>Another Kinfolk is bringing this library up to date. Wait until it is done and try again.</source>
            <translation>Un autre Kinfolk met cette bibliothèque à jour. Attendez qu’il ait terminé et réessayez.</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing something. Try again later.</source>
            <translation>Un autre Kinfolk efface quelque chose. Réessayez plus tard.</translation>
        </message>
        <message>
            <source>Another Kinfolk makes a backup of this library. Wait until it is done and try again.</source>
            <translation>Un autre Kinfolk fait une sauvegarde de cette bibliothèque. Attendez qu’il ait terminé et réessayez.</translation>
        </message>
        <message>
            <source>Another version of Kinfolk has this library open.</source>
            <translation>Une autre version de Kinfolk a ouvert cette bibliothèque.</translation>
        </message>
        <message>
            <source>Are these {0} faces {1}?</source>
            <translation>Ces {0} visages : est-ce {1} ?</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>{0} et {1} sont-ils la même personne ?</translation>
        </message>
        <message>
            <source>Backup made</source>
            <translation>Sauvegarde effectuée</translation>
        </message>
        <message>
            <source>Backup restored</source>
            <translation>Sauvegarde restaurée</translation>
        </message>
        <message>
            <source>Checking the library</source>
            <translation>Vérification de la bibliothèque</translation>
        </message>
        <message>
            <source>Chose a cover for {0}</source>
            <translation>Couverture choisie pour {0}</translation>
        </message>
        <message>
            <source>Chose the top of a stack</source>
            <translation>Photo du dessus d’une pile choisie</translation>
        </message>
        <message>
            <source>Colours of the window: system, light or dark.</source>
            <translation>Couleurs de la fenêtre : system (système), light (clair) ou dark (sombre).</translation>
        </message>
        <message>
            <source>Confirmed {0} of {1}</source>
            <translation>Confirmation : {0} ({1})</translation>
        </message>
        <message>
            <source>Contact sheet of {0}</source>
            <translation>Planche-contact de {0}</translation>
        </message>
        <message>
            <source>Deleted the collection {0}</source>
            <translation>Collection {0} supprimée</translation>
        </message>
        <message>
            <source>Drew a face</source>
            <translation>Visage encadré</translation>
        </message>
        <message>
            <source>Drew a face of {0}</source>
            <translation>Visage encadré : {0}</translation>
        </message>
        <message>
            <source>Erased all face data: {0}. This cannot be undone; only photos that are new from now on are looked at</source>
            <translation>Toutes les données de visages ont été effacées : {0}. C’est irréversible ; désormais, seules les nouvelles photos sont analysées</translation>
        </message>
        <message>
            <source>Erased {0} of strangers, whom nobody has named; this cannot be undone</source>
            <translation>Effacé : {0} de personnes inconnues, que personne n’a nommées ; c’est irréversible</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>Effacement des données de visages</translation>
        </message>
        <message>
            <source>Everything else is looked at once the library's file is sound.</source>
            <translation>Tout le reste est vérifié une fois le fichier de la bibliothèque en bon état.</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>Exportation des photos</translation>
        </message>
        <message>
            <source>Face data erased</source>
            <translation>Données de visages effacées</translation>
        </message>
        <message>
            <source>Faces grouped</source>
            <translation>Visages regroupés</translation>
        </message>
        <message>
            <source>Faces grouped afresh</source>
            <translation>Visages regroupés à nouveau</translation>
        </message>
        <message>
            <source>Faces of two collections cannot be one person.</source>
            <translation>Des visages de deux collections ne peuvent pas être une seule personne.</translation>
        </message>
        <message>
            <source>Forgot someone</source>
            <translation>Quelqu’un a été oublié</translation>
        </message>
        <message>
            <source>Grouping all faces afresh</source>
            <translation>Nouveau regroupement de tous les visages</translation>
        </message>
        <message>
            <source>Grouping faces</source>
            <translation>Regroupement des visages</translation>
        </message>
        <message>
            <source>Hid 1 unnamed person</source>
            <translation>1 personne sans nom masquée</translation>
        </message>
        <message>
            <source>Hid {0}</source>
            <translation>Masqué : {0}</translation>
        </message>
        <message>
            <source>Hid {0} unnamed people</source>
            <translation>{0} personnes sans nom masquées</translation>
        </message>
        <message>
            <source>How hard Kinfolk works: full; gentle, one photo at a time and behind everything else; or auto, which is gentle on battery.</source>
            <translation>L’intensité du travail de Kinfolk : full (maximale) ; gentle (douce), une photo à la fois et après tout le reste ; ou auto, douce sur batterie.</translation>
        </message>
        <message>
            <source>How many photos to look at at once; 0 is one a core.</source>
            <translation>Combien de photos analyser à la fois ; 0 signifie une par cœur.</translation>
        </message>
        <message>
            <source>Install Kinfolk again, or choose another model pack.</source>
            <translation>Réinstallez Kinfolk, ou choisissez un autre pack de modèles.</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>Est-ce {0} ?</translation>
        </message>
        <message>
            <source>It cannot be read: {0}.</source>
            <translation>Lecture impossible : {0}.</translation>
        </message>
        <message>
            <source>It cannot be written without its metadata; as an original it can be in the album.</source>
            <translation>Elle ne peut pas être écrite sans ses métadonnées ; en original, elle peut figurer dans l’album.</translation>
        </message>
        <message>
            <source>It crashes.</source>
            <translation>Il plante.</translation>
        </message>
        <message>
            <source>It does not answer.</source>
            <translation>Il ne répond pas.</translation>
        </message>
        <message>
            <source>It is damaged: a row of the table {0} makes no sense.</source>
            <translation>Elle est endommagée : une ligne de la table {0} n’a pas de sens.</translation>
        </message>
        <message>
            <source>It is damaged: a row points to one that is missing.</source>
            <translation>Elle est endommagée : une ligne renvoie à une autre qui manque.</translation>
        </message>
        <message>
            <source>It is damaged: it does not have its full size.</source>
            <translation>Elle est endommagée : elle n’a pas sa taille complète.</translation>
        </message>
        <message>
            <source>It is damaged: it is no database.</source>
            <translation>Elle est endommagée : ce n’est pas une base de données.</translation>
        </message>
        <message>
            <source>It is damaged: {0}.</source>
            <translation>Elle est endommagée : {0}.</translation>
        </message>
        <message>
            <source>It is no library of Kinfolk.</source>
            <translation>Ce n’est pas une bibliothèque de Kinfolk.</translation>
        </message>
        <message>
            <source>It is no photo or video that Kinfolk can open.</source>
            <translation>Ce n’est pas une photo ni une vidéo que Kinfolk peut ouvrir.</translation>
        </message>
        <message>
            <source>It sees something else than the processor.</source>
            <translation>Il voit autre chose que le processeur.</translation>
        </message>
        <message>
            <source>It takes two different people to merge.</source>
            <translation>Il faut deux personnes différentes pour fusionner.</translation>
        </message>
        <message>
            <source>It was cancelled; no name was taken in.</source>
            <translation>Annulé ; aucun nom n’a été repris.</translation>
        </message>
        <message>
            <source>Its drive is not connected, or its folder is not there.</source>
            <translation>Son disque n’est pas connecté, ou son dossier n’est pas là.</translation>
        </message>
        <message>
            <source>Kinfolk ended before this was done.</source>
            <translation>Kinfolk s’est arrêté avant que ce soit fait.</translation>
        </message>
        <message>
            <source>Kinfolk goes on without {0}, which failed{1}.</source>
            <translation>Kinfolk continue sans {0}, qui a échoué{1}.</translation>
        </message>
        <message>
            <source>Kinfolk has this library open on another computer, {0}. Close it there first.</source>
            <translation>Kinfolk a ouvert cette bibliothèque sur un autre ordinateur, {0}. Fermez-la d’abord là-bas.</translation>
        </message>
        <message>
            <source>Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are checked when it is closed.</source>
            <translation>Kinfolk analyse des photos : les tâches, les décomptes et la place des visages selon le journal sont vérifiés quand il est fermé.</translation>
        </message>
        <message>
            <source>Kinfolk is open and at work on this library. Close it, then let the doctor repair it.</source>
            <translation>Kinfolk est ouvert et travaille sur cette bibliothèque. Fermez-le, puis laissez le docteur la réparer.</translation>
        </message>
        <message>
            <source>LibRaw has not enough memory</source>
            <translation>LibRaw n’a pas assez de mémoire</translation>
        </message>
        <message>
            <source>Library checked</source>
            <translation>Bibliothèque vérifiée</translation>
        </message>
        <message>
            <source>Long side of the small picture kept of a photo.</source>
            <translation>Grand côté de la petite image gardée d’une photo.</translation>
        </message>
        <message>
            <source>Looking at it needs more than {0} MB of memory; the setting photo_megabytes can allow more.</source>
            <translation>L’analyser demande plus de {0} Mo de mémoire ; le paramètre photo_megabytes peut en autoriser plus.</translation>
        </message>
        <message>
            <source>Looking at it took longer than {0} seconds, twice. The setting {1} can allow more.</source>
            <translation>L’analyser a pris plus de {0} secondes, deux fois. Le paramètre {1} peut en autoriser plus.</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Analyse des photos</translation>
        </message>
        <message>
            <source>Made {0} unnamed people one</source>
            <translation>{0} personnes sans nom réunies en une</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>Sauvegarde</translation>
        </message>
        <message>
            <source>Merged {0} into {1}</source>
            <translation>Fusion : {0} avec {1}</translation>
        </message>
        <message>
            <source>Named {0}</source>
            <translation>Nom donné : {0}</translation>
        </message>
        <message>
            <source>Names taken in</source>
            <translation>Noms repris</translation>
        </message>
        <message>
            <source>Names written into sidecars</source>
            <translation>Noms écrits dans des fichiers annexes</translation>
        </message>
        <message>
            <source>New faces are grouped this long after the last photo at the latest.</source>
            <translation>Les nouveaux visages sont regroupés au plus tard après ce délai suivant la dernière photo.</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on 1 face</source>
            <translation>Nom de 1 personne repris pour 1 visage</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on {0} faces</source>
            <translation>Nom de 1 personne repris pour {0} visages</translation>
        </message>
        <message>
            <source>Took in the names of {0} people, on {1} faces</source>
            <translation>Noms de {0} personnes repris pour {1} visages</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sans date</translation>
        </message>
        <message>
            <source>1 file</source>
            <translation>1 fichier</translation>
        </message>
        <message>
            <source>1 new face</source>
            <translation>1 nouveau visage</translation>
        </message>
        <message>
            <source>A pack cannot be called {0}: letters, digits, _ and - can be.</source>
            <translation>Un pack ne peut pas s’appeler {0} : lettres, chiffres, _ et - sont admis.</translation>
        </message>
        <message>
            <source>Another Kinfolk is busy with the pack {0}.</source>
            <translation>Un autre Kinfolk est occupé avec le pack {0}.</translation>
        </message>
        <message>
            <source>Another pack was set meanwhile.</source>
            <translation>Un autre paquet a été choisi entre-temps.</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Annulé</translation>
        </message>
        <message>
            <source>Connection timed out</source>
            <translation>délai de connexion dépassé</translation>
        </message>
        <message>
            <source>Device or resource busy</source>
            <translation>périphérique ou ressource occupé</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>quota de disque dépassé</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Downloading a model pack</source>
            <translation>Téléchargement d’un pack de modèles</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>le fichier existe déjà</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>nom de fichier trop long</translation>
        </message>
        <message>
            <source>Host is down</source>
            <translation>l’autre ordinateur ne répond pas</translation>
        </message>
        <message>
            <source>How alike faces must be to be put together, from looser (-5) to stricter (5); 0 is what was measured for the model pack in use. Each pack has its own.</source>
            <translation>À quel point les visages doivent se ressembler pour être regroupés, de plus souple (-5) à plus strict (5) ; 0 est ce qui a été mesuré pour le pack de modèles utilisé. Chaque pack a sa propre valeur.</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>erreur d’entrée/sortie</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>c’est un dossier</translation>
        </message>
        <message>
            <source>It cannot be shown in a web album: there is no picture of it at hand.</source>
            <translation>Impossible de l’afficher dans un album web : aucune image n’est disponible.</translation>
        </message>
        <message>
            <source>It holds more, or larger, files than any model pack.</source>
            <translation>Cela contient plus de fichiers, ou de plus gros, que tout pack de modèles.</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>Analyse des photos avec un autre pack de modèles</translation>
        </message>
        <message>
            <source>Model pack downloaded</source>
            <translation>Pack de modèles téléchargé</translation>
        </message>
        <message>
            <source>No backup can be made in {0}: {1}. See whether you may write there.</source>
            <translation>Impossible de faire une sauvegarde dans {0} : {1}. Vérifiez que vous pouvez y écrire.</translation>
        </message>
        <message>
            <source>No model pack is chosen. Choose compact, or a folder with models.</source>
            <translation>Aucun pack de modèles n’est choisi. Choisissez compact, ou un dossier avec des modèles.</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>plus d’espace disponible sur le disque</translation>
        </message>
        <message>
            <source>No such device</source>
            <translation>ce périphérique n’existe pas</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>fichier ou dossier introuvable</translation>
        </message>
        <message>
            <source>Nobody here has the id or the name “{0}”. `kinfolk people` lists everyone with their id.</source>
            <translation>Personne ici n’a l’identifiant ou le nom « {0} ». `kinfolk people` liste tout le monde avec son identifiant.</translation>
        </message>
        <message>
            <source>None of these faces belongs to this person.</source>
            <translation>Aucun de ces visages n’est à cette personne.</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>ce n’est pas un dossier</translation>
        </message>
        <message>
            <source>Not every file could be a link there; those were copied.</source>
            <translation>Tous les fichiers ne pouvaient pas y être des liens ; ceux-là ont été copiés.</translation>
        </message>
        <message>
            <source>Nothing can be written into “{0}”: {1}.</source>
            <translation>Impossible d’écrire dans « {0} » : {1}.</translation>
        </message>
        <message>
            <source>Nothing is to be exported: no files, no contact sheet and no web album.</source>
            <translation>Il n’y a rien à exporter : ni fichiers, ni planche-contact, ni album web.</translation>
        </message>
        <message>
            <source>Nothing was erased, since {0} cannot be written: {1}. Is the disk full or read-only?</source>
            <translation>Rien n’a été effacé, car {0} ne peut pas être écrit : {1}. Le disque est-il plein ou en lecture seule ?</translation>
        </message>
        <message>
            <source>Of a stranger's face of at least this quality one photo is enough.</source>
            <translation>D’une personne inconnue dont le visage a au moins cette qualité, une photo suffit.</translation>
        </message>
        <message>
            <source>Of group_when interval: from one grouping to the next.</source>
            <translation>Pour group_when interval : d’un regroupement au suivant.</translation>
        </message>
        <message>
            <source>Of one video at most so many frames are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>D’une vidéo, on analyse au plus ce nombre d’images, réparties sur sa durée : moins va plus vite, plus trouve aussi qui n’est visible qu’un instant.</translation>
        </message>
        <message>
            <source>Of the model's authors; most allow non-commercial research only.</source>
            <translation>Des auteurs du modèle ; la plupart n’autorisent que la recherche non commerciale.</translation>
        </message>
        <message>
            <source>Of this raw file the camera’s own preview is shown: {0} of {1} pixels.</source>
            <translation>De ce fichier RAW, l’aperçu de l’appareil est affiché : {0} sur {1} pixels.</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>La même personne inconnue ne déclenche pas de seconde alerte avant ce délai.</translation>
        </message>
        <message>
            <source>Only the first of its {0} pages is shown.</source>
            <translation>Seule la première de ses {0} pages est affichée.</translation>
        </message>
        <message>
            <source>Only the first of its {0} views is shown.</source>
            <translation>Seule la première de ses {0} vues est affichée.</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder once, and once took too long.</source>
            <translation>À l’ouverture, le décodeur d’images a planté une fois, et une fois il a été trop long.</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder, twice.</source>
            <translation>À l’ouverture, le décodeur d’images a planté deux fois.</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>opération non permise</translation>
        </message>
        <message>
            <source>People of two collections are different people anyhow.</source>
            <translation>Les personnes de deux collections sont de toute façon différentes.</translation>
        </message>
        <message>
            <source>People of two collections are {0} one by one.</source>
            <translation>Les personnes de deux collections sont {0} une par une.</translation>
        </message>
        <message>
            <source>People of two collections cannot be merged.</source>
            <translation>Les personnes de deux collections ne peuvent pas être fusionnées.</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>accès refusé</translation>
        </message>
        <message>
            <source>Person {0}</source>
            <translation>Personne {0}</translation>
        </message>
        <message>
            <source>Photos exported</source>
            <translation>Photos exportées</translation>
        </message>
        <message>
            <source>Photos looked at</source>
            <translation>Photos analysées</translation>
        </message>
        <message>
            <source>Photos of a cloud drive that are not on this disk: skip waits until they are; download lets looking at them download them.</source>
            <translation>Photos d’un service cloud qui ne sont pas sur cet ordinateur : skip attend qu’elles y soient ; download laisse l’analyse les télécharger.</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>Les photos d’une personne inconnue comptent ensemble dans ce délai.</translation>
        </message>
        <message>
            <source>Put a detection and a recognition model (.onnx) there, or choose the pack compact.</source>
            <translation>Placez-y un modèle de détection et un modèle de reconnaissance (.onnx), ou choisissez le pack compact.</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>le disque est en lecture seule</translation>
        </message>
        <message>
            <source>Redone: {0}</source>
            <translation>Rétabli : {0}</translation>
        </message>
        <message>
            <source>Renamed {0} to {1}</source>
            <translation>Renommage : {0} devient {1}</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>Restauration d’une sauvegarde</translation>
        </message>
        <message>
            <source>Said again</source>
            <translation>Rétabli</translation>
        </message>
        <message>
            <source>Several people are called “{0}”; give the id of the one meant.</source>
            <translation>Plusieurs personnes s’appellent « {0} » ; donnez l’identifiant de la bonne.</translation>
        </message>
        <message>
            <source>Side of the small picture kept of a face.</source>
            <translation>Côté de la petite image gardée d’un visage.</translation>
        </message>
        <message>
            <source>Small pictures cannot be kept in {0}: {1}. Make room there, or choose another library folder with --library.</source>
            <translation>Les petites images ne peuvent pas être gardées dans {0} : {1}. Faites-y de la place, ou choisissez un autre dossier de bibliothèque avec --library.</translation>
        </message>
        <message>
            <source>Small pictures kept; the oldest go first.</source>
            <translation>Petites images gardées ; les plus anciennes partent d’abord.</translation>
        </message>
        <message>
            <source>Some checks are left out, since the library cannot be written.</source>
            <translation>Certaines vérifications sont omises, car la bibliothèque ne peut pas être écrite.</translation>
        </message>
        <message>
            <source>Somebody changed the exported file since; it was left as it is.</source>
            <translation>Le fichier exporté a été modifié depuis ; il a été laissé tel quel.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge the two instead.</source>
            <translation>Quelqu’un s’appelle déjà {0} ; fusionnez plutôt les deux.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge them, too.</source>
            <translation>Quelqu’un s’appelle déjà {0} ; fusionnez-les aussi.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; move the faces there.</source>
            <translation>Quelqu’un s’appelle déjà {0} ; déplacez-y les visages.</translation>
        </message>
        <message>
            <source>Somebody is reading the library.</source>
            <translation>Quelqu’un lit la bibliothèque.</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}.</source>
            <translation>Une personne que vous n’avez pas nommée a été vue {0}.</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}; of all you know they are most like {1} ({2}).</source>
            <translation>Une personne que vous n’avez pas nommée a été vue {0} ; parmi vos connaissances, elle ressemble surtout à {1} ({2}).</translation>
        </message>
        <message>
            <source>Someone</source>
            <translation>Quelqu’un</translation>
        </message>
        <message>
            <source>Something else was said since; Undo takes that back first.</source>
            <translation>Autre chose a été indiqué depuis ; « Annuler » le retire d’abord.</translation>
        </message>
        <message>
            <source>Something is being exported into “{0}” already.</source>
            <translation>Une exportation vers « {0} » est déjà en cours.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk while grouping.</source>
            <translation>Un problème interne est survenu dans Kinfolk lors du regroupement.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk.</source>
            <translation>Un problème interne est survenu dans Kinfolk.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk; its log says what.</source>
            <translation>Un problème interne est survenu dans Kinfolk ; son journal dit lequel.</translation>
        </message>
        <message>
            <source>Something went wrong over it: {0}.</source>
            <translation>Un problème est survenu avec ce fichier : {0}.</translation>
        </message>
        <message>
            <source>Stacked {0} photos</source>
            <translation>{0} photos empilées</translation>
        </message>
        <message>
            <source>Stale file handle</source>
            <translation>le fichier du disque réseau n’est plus là</translation>
        </message>
        <message>
            <source>Switched to another model pack</source>
            <translation>Passage à un autre pack de modèles effectué</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>Reprise des noms</translation>
        </message>
        <message>
            <source>That face does not belong to this person.</source>
            <translation>Ce visage n’est pas à cette personne.</translation>
        </message>
        <message>
            <source>That frame does not lie in the photo.</source>
            <translation>Ce cadre ne se trouve pas dans la photo.</translation>
        </message>
        <message>
            <source>That frame is too small for a face.</source>
            <translation>Ce cadre est trop petit pour un visage.</translation>
        </message>
        <message>
            <source>That the command may be run cannot be written to {0}: {1}.</source>
            <translation>L’autorisation d’exécuter la commande ne peut pas être écrite dans {0} : {1}.</translation>
        </message>
        <message>
            <source>That you agreed cannot be written to {0}: {1}.</source>
            <translation>Votre accord ne peut pas être écrit dans {0} : {1}.</translation>
        </message>
        <message>
            <source>The XMP has a document type, which XMP must not have.</source>
            <translation>Le XMP a un type de document, ce que XMP ne doit pas avoir.</translation>
        </message>
        <message>
            <source>The XMP is damaged: it is no well-formed XML.</source>
            <translation>Le XMP est endommagé : ce n’est pas du XML bien formé.</translation>
        </message>
        <message>
            <source>The XMP is nested too deep.</source>
            <translation>Le XMP est trop profondément imbriqué.</translation>
        </message>
        <message>
            <source>The XMP is not written in UTF-8 or UTF-16.</source>
            <translation>Le XMP n’est pas écrit en UTF-8 ou UTF-16.</translation>
        </message>
        <message>
            <source>The XMP is too large.</source>
            <translation>Le XMP est trop grand.</translation>
        </message>
        <message>
            <source>The archive cannot be written to {0}: {1}. Is the disk full?</source>
            <translation>L’archive ne peut pas être écrite dans {0} : {1}. Le disque est-il plein ?</translation>
        </message>
        <message>
            <source>The archive holds a link in place of a model; nothing is unpacked.</source>
            <translation>L’archive contient un lien à la place d’un modèle ; rien n’est extrait.</translation>
        </message>
        <message>
            <source>The archive holds far more than models; it is not unpacked.</source>
            <translation>L’archive contient bien plus que des modèles ; elle n’est pas extraite.</translation>
        </message>
        <message>
            <source>The archive holds more than it says; nothing of it is used.</source>
            <translation>L’archive contient plus qu’elle ne l’annonce ; rien n’en est utilisé.</translation>
        </message>
        <message>
            <source>The archive holds several packs; unpack it, and add the folder of one.</source>
            <translation>L’archive contient plusieurs packs ; extrayez-la, puis ajoutez le dossier de l’un d’eux.</translation>
        </message>
        <message>
            <source>The archive holds something that is no model; nothing is unpacked.</source>
            <translation>L’archive contient quelque chose qui n’est pas un modèle ; rien n’est extrait.</translation>
        </message>
        <message>
            <source>The archive is damaged: {0} cannot be unpacked.</source>
            <translation>L’archive est endommagée : {0} ne peut pas être extrait.</translation>
        </message>
        <message>
            <source>The archive is locked with a password; unpack it, and add the folder.</source>
            <translation>L’archive est protégée par un mot de passe ; extrayez-la, puis ajoutez le dossier.</translation>
        </message>
        <message>
            <source>The archive lacks what belongs into it: {0}.</source>
            <translation>Il manque dans l’archive ce qui doit s’y trouver : {0}.</translation>
        </message>
        <message>
            <source>The archive names places outside itself; nothing of it is unpacked.</source>
            <translation>L’archive désigne des emplacements hors d’elle-même ; rien n’en est extrait.</translation>
        </message>
        <message>
            <source>The backup was cancelled; nothing of it stays.</source>
            <translation>La sauvegarde a été annulée ; il n’en reste rien.</translation>
        </message>
        <message>
            <source>The backup {0} cannot be restored. {1} Choose another one; `kinfolk backup --list` lists them.</source>
            <translation>La sauvegarde {0} ne peut pas être restaurée. {1} Choisissez-en une autre ; `kinfolk backup --list` les liste.</translation>
        </message>
        <message>
            <source>The backup {0} was made by a newer Kinfolk ({1}). Install the newest version to restore it.</source>
            <translation>La sauvegarde {0} a été faite par un Kinfolk plus récent ({1}). Installez la dernière version pour la restaurer.</translation>
        </message>
        <message>
            <source>The collection {0} is called {1}</source>
            <translation>La collection {0} s’appelle maintenant {1}</translation>
        </message>
        <message>
            <source>The contact sheet cannot be written: {0}.</source>
            <translation>La planche-contact ne peut pas être écrite : {0}.</translation>
        </message>
        <message>
            <source>The copy is not what the file is; the disk may be damaged.</source>
            <translation>La copie ne correspond pas au fichier ; le disque est peut-être endommagé.</translation>
        </message>
        <message>
            <source>The copy of the library is not good, so it was not kept: {0} `kinfolk doctor` tells whether the library is.</source>
            <translation>La copie de la bibliothèque n’est pas bonne et n’a donc pas été gardée : {0} `kinfolk doctor` dit si la bibliothèque l’est.</translation>
        </message>
        <message>
            <source>The detection model in {0} tells no landmarks. {1}</source>
            <translation>Le modèle de détection de {0} ne donne pas de points de repère. {1}</translation>
        </message>
        <message>
            <source>The disk is full. What was exported until now stays; make room, and export again: it goes on there.</source>
            <translation>Le disque est plein. Ce qui a été exporté jusqu’ici reste ; faites de la place et exportez à nouveau : cela reprendra là.</translation>
        </message>
        <message>
            <source>The disk is full. What was written until now is whole, and so is all that was there before.</source>
            <translation>Le disque est plein. Ce qui a été écrit jusqu’ici est entier, de même que tout ce qui y était avant.</translation>
        </message>
        <message>
            <source>The disk is full; this sidecar stays as it was.</source>
            <translation>Le disque est plein ; ce fichier annexe reste comme il était.</translation>
        </message>
        <message>
            <source>The disk with the library {0} does not do as it is told: {1}. See whether it is connected, full or failing, and try again.</source>
            <translation>Le disque de la bibliothèque {0} ne fait pas ce qu’il doit : {1}. Vérifiez s’il est connecté, plein ou défaillant, et réessayez.</translation>
        </message>
        <message>
            <source>The disk with the library {0} is full. Make room on it and try again; nothing half-written stays.</source>
            <translation>Le disque de la bibliothèque {0} est plein. Faites-y de la place et réessayez ; rien d’à moitié écrit ne reste.</translation>
        </message>
        <message>
            <source>The disk with {0} gives back something else than came.</source>
            <translation>Le disque contenant {0} rend autre chose que ce qui est arrivé.</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed for the archive and what is in it, and {2} MB are free.</source>
            <translation>Le disque contenant {0} manque de place : {1} Mo sont nécessaires pour l’archive et son contenu, et {2} Mo sont libres.</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed, and {2} MB are free.</source>
            <translation>Le disque contenant {0} manque de place : {1} Mo sont nécessaires, et {2} Mo sont libres.</translation>
        </message>
        <message>
            <source>The faces of this alert are not there any more.</source>
            <translation>Les visages de cette alerte ne sont plus là.</translation>
        </message>
        <message>
            <source>The file cannot be read or written; the disk may be damaged.</source>
            <translation>Le fichier ne peut pas être lu ou écrit ; le disque est peut-être endommagé.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Le fichier ne peut pas être lu.</translation>
        </message>
        <message>
            <source>The file cannot be read: its name is not usable.</source>
            <translation>Le fichier ne peut pas être lu : son nom est inutilisable.</translation>
        </message>
        <message>
            <source>The file cannot be read: {0}.</source>
            <translation>Le fichier ne peut pas être lu : {0}.</translation>
        </message>
        <message>
            <source>The file holds no XMP.</source>
            <translation>Le fichier ne contient pas de XMP.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>Le fichier est vide.</translation>
        </message>
        <message>
            <source>The file is in the cloud, not on this disk.</source>
            <translation>Le fichier est dans le cloud, pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>Le fichier n’est plus là.</translation>
        </message>
        <message>
            <source>The file is too large for that disk.</source>
            <translation>Le fichier est trop grand pour ce disque.</translation>
        </message>
        <message>
            <source>The file is too large to be a photo.</source>
            <translation>Le fichier est trop grand pour être une photo.</translation>
        </message>
        <message>
            <source>The file was being changed while it was read.</source>
            <translation>Le fichier était en cours de modification pendant sa lecture.</translation>
        </message>
        <message>
            <source>The film is damaged.</source>
            <translation>Le film est endommagé.</translation>
        </message>
        <message>
            <source>The folder cannot be read: {0}.</source>
            <translation>Le dossier ne peut pas être lu : {0}.</translation>
        </message>
        <message>
            <source>The folder lacks what belongs into it: {0}.</source>
            <translation>Il manque dans le dossier ce qui doit s’y trouver : {0}.</translation>
        </message>
        <message>
            <source>The folder of the library {0} cannot be written: {1}. Is the disk read-only?</source>
            <translation>Impossible d’écrire dans le dossier de la bibliothèque {0} : {1}. Le disque est-il en lecture seule ?</translation>
        </message>
        <message>
            <source>The folder to export into needs its whole path.</source>
            <translation>Le dossier d’exportation doit être donné avec son chemin complet.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be read ({1}).</source>
            <translation>Le dossier {0} ne peut pas être lu ({1}).</translation>
        </message>
        <message>
            <source>The folder {0} cannot be used for the library: {1}. Choose another one with --library.</source>
            <translation>Le dossier {0} ne peut pas servir à la bibliothèque : {1}. Choisissez-en un autre avec --library.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be written: {1}.</source>
            <translation>Impossible d’écrire dans le dossier {0} : {1}.</translation>
        </message>
        <message>
            <source>The folder {0} has no models. {1}</source>
            <translation>Le dossier {0} ne contient pas de modèles. {1}</translation>
        </message>
        <message>
            <source>The folder {0} has no {1} model. {2}</source>
            <translation>Dans le dossier {0}, il manque le modèle {1}. {2}</translation>
        </message>
        <message>
            <source>The folder {0} of the library is not there. Connect its drive or make the folder, and try again.</source>
            <translation>Le dossier {0} de la bibliothèque n’est pas là. Connectez son disque ou créez le dossier, et réessayez.</translation>
        </message>
        <message>
            <source>The folder “{0}” cannot be made: {1}.</source>
            <translation>Le dossier « {0} » ne peut pas être créé : {1}.</translation>
        </message>
        <message>
            <source>The keywords there ({0}) are written in a way Kinfolk does not change.</source>
            <translation>Les mots-clés de ce fichier ({0}) sont écrits d’une manière que Kinfolk ne modifie pas.</translation>
        </message>
        <message>
            <source>The language of the window; system is that of the desktop.</source>
            <translation>La langue de la fenêtre ; system est celle du bureau.</translation>
        </message>
        <message>
            <source>The library could not be brought back: {0}</source>
            <translation>La bibliothèque n’a pas pu être récupérée : {0}</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened or written: {1}.</source>
            <translation>La bibliothèque {0} ne peut pas être ouverte ou écrite : {1}.</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened. It must be a file, in a folder that you may read and write; or choose another folder with --library.</source>
            <translation>La bibliothèque {0} ne peut pas être ouverte. Ce doit être un fichier, dans un dossier que vous pouvez lire et écrire ; ou choisissez un autre dossier avec --library.</translation>
        </message>
        <message>
            <source>The library {0} cannot be written: the file or its disk is read-only. Make it writable, or choose another folder with --library.</source>
            <translation>La bibliothèque {0} ne peut pas être écrite : le fichier ou son disque est en lecture seule. Rendez-la modifiable, ou choisissez un autre dossier avec --library.</translation>
        </message>
        <message>
            <source>The library {0} is damaged ({1}). Closing the window of Kinfolk and opening it again, or `kinfolk doctor --repair`, sets it aside, restores the newest good backup and says again what you have said since; your photos are not touched.</source>
            <translation>La bibliothèque {0} est endommagée ({1}). Fermer puis rouvrir la fenêtre de Kinfolk, ou `kinfolk doctor --repair`, la met de côté, restaure la dernière bonne sauvegarde et répète ce que vous avez indiqué depuis ; vos photos ne sont pas touchées.</translation>
        </message>
        <message>
            <source>The library {0} is held by another program for too long. Close it and try again.</source>
            <translation>La bibliothèque {0} est retenue trop longtemps par un autre programme. Fermez-le et réessayez.</translation>
        </message>
        <message>
            <source>The library {0} is not there any more: it was moved or deleted, or its drive was disconnected. Put it back, and start Kinfolk again.</source>
            <translation>La bibliothèque {0} n’est plus là : elle a été déplacée ou supprimée, ou son disque a été déconnecté. Remettez-la en place et redémarrez Kinfolk.</translation>
        </message>
        <message>
            <source>The library {0} was written by a newer Kinfolk ({1}). Install the newest version to open it.</source>
            <translation>La bibliothèque {0} a été écrite par un Kinfolk plus récent ({1}). Installez la dernière version pour l’ouvrir.</translation>
        </message>
        <message>
            <source>The library {0} was written by an older Kinfolk, and is only brought up to date once there is a backup. {1}</source>
            <translation>La bibliothèque {0} a été écrite par un Kinfolk plus ancien, et n’est mise à jour qu’une fois qu’il en existe une sauvegarde. {1}</translation>
        </message>
        <message>
            <source>The model pack in {0} has no manifest.json. {1}</source>
            <translation>Le pack de modèles de {0} n’a pas de manifest.json. {1}</translation>
        </message>
        <message>
            <source>The model pack in {0} is of format {1}, and this Kinfolk reads format {2}. {3}</source>
            <translation>Le pack de modèles de {0} est au format {1}, et ce Kinfolk lit le format {2}. {3}</translation>
        </message>
        <message>
            <source>The model pack that looks at photos: compact, or a folder.</source>
            <translation>Le pack de modèles qui analyse les photos : compact, ou un dossier.</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}).</source>
            <translation>Le modèle {0} ne peut pas être lu ({1}).</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}). {2}</source>
            <translation>Le modèle {0} ne peut pas être lu ({1}). {2}</translation>
        </message>
        <message>
            <source>The model {0} cannot be used: {1}</source>
            <translation>Le modèle {0} ne peut pas être utilisé : {1}</translation>
        </message>
        <message>
            <source>The model {0} is damaged: its contents have changed. {1}</source>
            <translation>Le modèle {0} est endommagé : son contenu a changé. {1}</translation>
        </message>
        <message>
            <source>The model {0} is not the one that Kinfolk knows by this name. Nothing was changed; fetch the pack again.</source>
            <translation>Le modèle {0} n’est pas celui que Kinfolk connaît sous ce nom. Rien n’a été modifié ; téléchargez à nouveau le pack.</translation>
        </message>
        <message>
            <source>The model {0} was changed while it was loaded. Try again.</source>
            <translation>Le modèle {0} a été modifié pendant son chargement. Réessayez.</translation>
        </message>
        <message>
            <source>The models cannot be measured: {0}</source>
            <translation>Les modèles ne peuvent pas être mesurés : {0}</translation>
        </message>
        <message>
            <source>The models of the pack {0} are not those that Kinfolk used first: {1}. Nothing is looked at with them. Put the old files back, or say `kinfolk models accept {2}` if you changed them yourself.</source>
            <translation>Les modèles du pack {0} ne sont pas ceux que Kinfolk a utilisés d’abord : {1}. Rien n’est analysé avec eux. Remettez les anciens fichiers, ou dites `kinfolk models accept {2}` si vous les avez changés vous-même.</translation>
        </message>
        <message>
            <source>The models run on the processor, not on {0}: {1}</source>
            <translation>Les modèles fonctionnent sur le processeur, pas sur {0} : {1}</translation>
        </message>
        <message>
            <source>The name does not come back; the next indexing looks at the photos again.</source>
            <translation>Le nom ne revient pas ; la prochaine indexation analysera à nouveau les photos.</translation>
        </message>
        <message>
            <source>The name of a collection cannot have characters that are not seen.</source>
            <translation>Le nom d’une collection ne peut pas contenir de caractères invisibles.</translation>
        </message>
        <message>
            <source>The newest good backup is more than a day old; `kinfolk backup` makes one.</source>
            <translation>La dernière bonne sauvegarde a plus d’un jour ; `kinfolk backup` en fait une.</translation>
        </message>
        <message>
            <source>The notify command cannot be started: {0}.</source>
            <translation>La commande de notification ne peut pas être lancée : {0}.</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: it has a zero character.</source>
            <translation>La commande de notification est incompréhensible : elle contient un caractère nul.</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: {0}.</source>
            <translation>La commande de notification est incompréhensible : {0}.</translation>
        </message>
        <message>
            <source>The notify command failed: its exit status was {0}.</source>
            <translation>La commande de notification a échoué : son code de sortie était {0}.</translation>
        </message>
        <message>
            <source>The notify command in the settings was not set on this computer, so it is not run. If it is yours, set it again.</source>
            <translation>La commande de notification des paramètres n’a pas été définie sur cet ordinateur ; elle n’est donc pas exécutée. Si elle est de vous, définissez-la à nouveau.</translation>
        </message>
        <message>
            <source>The notify command is empty.</source>
            <translation>La commande de notification est vide.</translation>
        </message>
        <message>
            <source>The notify command is ended when it takes longer.</source>
            <translation>La commande de notification est arrêtée si elle prend plus de temps.</translation>
        </message>
        <message>
            <source>The notify command is too slow: not every notice reaches it.</source>
            <translation>La commande de notification est trop lente : tous les avis ne lui parviennent pas.</translation>
        </message>
        <message>
            <source>The notify command took longer than {0} s, and was ended.</source>
            <translation>La commande de notification a pris plus de {0} s et a été arrêtée.</translation>
        </message>
        <message>
            <source>The notify command was ended by signal {0}.</source>
            <translation>La commande de notification a été arrêtée par le signal {0}.</translation>
        </message>
        <message>
            <source>The pack compact is part of Kinfolk and stays.</source>
            <translation>Le pack compact fait partie de Kinfolk et reste.</translation>
        </message>
        <message>
            <source>The pack {0} cannot be measured: it crashes or hangs on this computer.</source>
            <translation>Le pack {0} ne peut pas être mesuré : il plante ou se bloque sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The pack {0} cannot be put into {1}: {2}. Is the disk full?</source>
            <translation>Le pack {0} ne peut pas être placé dans {1} : {2}. Le disque est-il plein ?</translation>
        </message>
        <message>
            <source>The pack {0} cannot be removed: {1}.</source>
            <translation>Le pack {0} ne peut pas être supprimé : {1}.</translation>
        </message>
        <message>
            <source>The pack {0} could look at no photo, so all stays as it is.</source>
            <translation>Le pack {0} n’a pu analyser aucune photo ; tout reste donc tel quel.</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. Is this computer connected to the internet? An archive that was fetched by other means can be added as a file.</source>
            <translation>Le pack {0} n’a pas pu être téléchargé : {1}. Cet ordinateur est-il connecté à internet ? Une archive obtenue par un autre moyen peut être ajoutée comme fichier.</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. What has come until now is kept, and the next try goes on from there.</source>
            <translation>Le pack {0} n’a pas pu être téléchargé : {1}. Ce qui est arrivé jusqu’ici est gardé, et le prochain essai reprendra de là.</translation>
        </message>
        <message>
            <source>The pack {0} is being downloaded already.</source>
            <translation>Le pack {0} est déjà en cours de téléchargement.</translation>
        </message>
        <message>
            <source>The pack {0} is in use already.</source>
            <translation>Le pack {0} est déjà utilisé.</translation>
        </message>
        <message>
            <source>The pack {0} is in use: use another one first.</source>
            <translation>Le pack {0} est utilisé : utilisez-en d’abord un autre.</translation>
        </message>
        <message>
            <source>The pack {0} is not for every use: {1}. Read its licence and agree to it first, on the Models page or with `kinfolk models licence {2} --accept-licence`.</source>
            <translation>Le pack {0} n’est pas destiné à tout usage : {1}. Lisez d’abord sa licence et acceptez-la, sur la page « Modèles » ou avec `kinfolk models licence {2} --accept-licence`.</translation>
        </message>
        <message>
            <source>The pack {0} is not where it was ({1}). Look for the archive {2}.zip on the page of its project, and add the file; a newer Kinfolk may know where it is.</source>
            <translation>Le pack {0} n’est plus là où il était ({1}). Cherchez l’archive {2}.zip sur la page de son projet, et ajoutez le fichier ; un Kinfolk plus récent sait peut-être où il est.</translation>
        </message>
        <message>
            <source>The pack {0} is part of Kinfolk and never changes. {1}</source>
            <translation>Le pack {0} fait partie de Kinfolk et ne change jamais. {1}</translation>
        </message>
        <message>
            <source>The photo is not there now.</source>
            <translation>La photo n’est pas là en ce moment.</translation>
        </message>
        <message>
            <source>The picture carries more text than a photo can need.</source>
            <translation>L’image contient plus de texte qu’une photo ne peut en demander.</translation>
        </message>
        <message>
            <source>The picture is damaged and cannot be decoded.</source>
            <translation>L’image est endommagée et ne peut pas être décodée.</translation>
        </message>
        <message>
            <source>The picture is damaged, or stored in a rare way that Kinfolk cannot decode.</source>
            <translation>L’image est endommagée, ou enregistrée d’une manière rare que Kinfolk ne peut pas décoder.</translation>
        </message>
        <message>
            <source>The picture is damaged: its size is not what it says.</source>
            <translation>L’image est endommagée : sa taille n’est pas celle annoncée.</translation>
        </message>
        <message>
            <source>The picture is damaged: the file ends too early.</source>
            <translation>L’image est endommagée : le fichier se termine trop tôt.</translation>
        </message>
        <message>
            <source>The picture is damaged: there is nothing in the file but zeros.</source>
            <translation>L’image est endommagée : le fichier ne contient que des zéros.</translation>
        </message>
        <message>
            <source>The picture is too large.</source>
            <translation>L’image est trop grande.</translation>
        </message>
        <message>
            <source>The picture is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>L’image est trop grande : {0} x {1} pixels, et la limite est de {2} mégapixels ; le paramètre photo_megapixels peut en autoriser plus.</translation>
        </message>
        <message>
            <source>The picture moves; it is shown as it begins.</source>
            <translation>L’image est animée ; son début est affiché.</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot be started: {0}. Close other programs and try again.</source>
            <translation>Les processus qui analysent les photos ne peuvent pas être lancés : {0}. Fermez d’autres programmes et réessayez.</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot begin: {0}.</source>
            <translation>Les processus qui analysent les photos ne peuvent pas commencer : {0}.</translation>
        </message>
        <message>
            <source>The processes that look at photos do not get ready. Close other programs and try again.</source>
            <translation>Les processus qui analysent les photos ne deviennent pas prêts. Fermez d’autres programmes et réessayez.</translation>
        </message>
        <message>
            <source>The processes that look at photos end as soon as they are started. Close other programs and try again.</source>
            <translation>Les processus qui analysent les photos se terminent aussitôt lancés. Fermez d’autres programmes et réessayez.</translation>
        </message>
        <message>
            <source>The proxy wants to know who asks (407). Write that into its address, in the setting proxy: http://NAME:PASSWORD@HOST:PORT.</source>
            <translation>Le proxy veut savoir qui demande (407). Écrivez-le dans son adresse, dans le paramètre proxy : http://NOM:MOT_DE_PASSE@SERVEUR:PORT.</translation>
        </message>
        <message>
            <source>The regions there are for an image of another shape than the photo has.</source>
            <translation>Les zones de ce fichier sont pour une image d’une autre forme que la photo.</translation>
        </message>
        <message>
            <source>The regions there are written in a way Kinfolk does not change.</source>
            <translation>Les zones de ce fichier sont écrites d’une manière que Kinfolk ne modifie pas.</translation>
        </message>
        <message>
            <source>The server could not prove who it is, so nothing was taken from it: is the clock of this computer right, or does something read along on the way?</source>
            <translation>Le serveur n’a pas pu prouver qui il est ; rien n’en a donc été pris : l’horloge de cet ordinateur est-elle à l’heure, ou quelque chose lit-il en chemin ?</translation>
        </message>
        <message>
            <source>The server does not give the pack {0} away ({1}). Try again later.</source>
            <translation>Le serveur ne donne pas le pack {0} ({1}). Réessayez plus tard.</translation>
        </message>
        <message>
            <source>The server packs the archive once more on its way: it is of no use.</source>
            <translation>Le serveur compresse l’archive une fois de plus en chemin : elle est inutilisable.</translation>
        </message>
        <message>
            <source>The server sends in a circle: its answer is no file. Try again later.</source>
            <translation>Le serveur renvoie en boucle : sa réponse n’est pas un fichier. Réessayez plus tard.</translation>
        </message>
        <message>
            <source>The server sends on to an address that is not safe (only https is), so nothing was taken from there. Fetch the archive by other means, and add the file.</source>
            <translation>Le serveur renvoie vers une adresse qui n’est pas sûre (seul https l’est) ; rien n’en a donc été pris. Téléchargez l’archive par un autre moyen, et ajoutez le fichier.</translation>
        </message>
        <message>
            <source>The setting proxy cannot be used: it is an address such as http://proxy.home:3128, none, or empty for what the system says.</source>
            <translation>Le paramètre proxy ne peut pas être utilisé : c’est une adresse comme http://proxy.home:3128, none, ou vide pour ce que dit le système.</translation>
        </message>
        <message>
            <source>The setting {0} cannot be {1}: it is {2}.</source>
            <translation>Le paramètre {0} ne peut pas être {1} : c’est {2}.</translation>
        </message>
        <message>
            <source>The setting {0} changes no groups, so there is no preview of it; those that have one are {1}.</source>
            <translation>Le paramètre {0} ne change aucun groupe ; il n’a donc pas d’aperçu. Ceux qui en ont un sont {1}.</translation>
        </message>
        <message>
            <source>The setting {0} is one of the library; a collection may set {1}.</source>
            <translation>Le paramètre {0} est celui de la bibliothèque ; une collection peut définir {1}.</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be used ({1}); mend or delete it.</source>
            <translation>Les paramètres de {0} ne peuvent pas être utilisés ({1}) ; réparez-les ou supprimez-les.</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be written: {1}.</source>
            <translation>Les paramètres ne peuvent pas être écrits dans {0} : {1}.</translation>
        </message>
        <message>
            <source>The sidecar cannot be read.</source>
            <translation>Le fichier annexe ne peut pas être lu.</translation>
        </message>
        <message>
            <source>The sidecar cannot be written: {0}.</source>
            <translation>Le fichier annexe ne peut pas être écrit : {0}.</translation>
        </message>
        <message>
            <source>The sidecar could not be changed without harm; it stays as it is.</source>
            <translation>Le fichier annexe n’a pas pu être modifié sans dommage ; il reste tel quel.</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is no well-formed XML.</source>
            <translation>Le fichier annexe est endommagé : ce n’est pas du XML bien formé.</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is not written in UTF-8.</source>
            <translation>Le fichier annexe est endommagé : il n’est pas écrit en UTF-8.</translation>
        </message>
        <message>
            <source>The sidecar is nested too deep, or damaged.</source>
            <translation>Le fichier annexe est trop profondément imbriqué, ou endommagé.</translation>
        </message>
        <message>
            <source>The sidecar is too large.</source>
            <translation>Le fichier annexe est trop grand.</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk cannot keep.</source>
            <translation>Le fichier annexe est écrit d’une manière que Kinfolk ne peut pas conserver.</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk does not change.</source>
            <translation>Le fichier annexe est écrit d’une manière que Kinfolk ne modifie pas.</translation>
        </message>
        <message>
            <source>The sidecar is written in {0}, which Kinfolk does not change.</source>
            <translation>Le fichier annexe est écrit en {0}, ce que Kinfolk ne modifie pas.</translation>
        </message>
        <message>
            <source>The sidecar was being changed by another program; nothing was written.</source>
            <translation>Le fichier annexe était en cours de modification par un autre programme ; rien n’a été écrit.</translation>
        </message>
        <message>
            <source>The system ended the work on it {0} times, perhaps for want of memory. Close other programs and try again.</source>
            <translation>Le système a mis fin {0} fois au travail dessus, peut-être par manque de mémoire. Fermez d’autres programmes et réessayez.</translation>
        </message>
        <message>
            <source>The task {0} has ended already: {1}.</source>
            <translation>La tâche {0} est déjà terminée : {1}.</translation>
        </message>
        <message>
            <source>The video is damaged and cannot be decoded.</source>
            <translation>La vidéo est endommagée et ne peut pas être décodée.</translation>
        </message>
        <message>
            <source>The video is damaged: no picture of it can be decoded.</source>
            <translation>La vidéo est endommagée : aucune image ne peut en être décodée.</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing at its start but zeros.</source>
            <translation>La vidéo est endommagée : son début ne contient que des zéros.</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing to be seen in it.</source>
            <translation>La vidéo est endommagée : on n’y voit rien.</translation>
        </message>
        <message>
            <source>The video is damaged: this moment of it cannot be decoded.</source>
            <translation>La vidéo est endommagée : ce moment ne peut pas être décodé.</translation>
        </message>
        <message>
            <source>The video is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>La vidéo est trop grande : {0} x {1} pixels, et la limite est de {2} mégapixels ; le paramètre photo_megapixels peut en autoriser plus.</translation>
        </message>
        <message>
            <source>The window that is open is of another version of Kinfolk.</source>
            <translation>La fenêtre ouverte est d’une autre version de Kinfolk.</translation>
        </message>
        <message>
            <source>The work</source>
            <translation>Le travail</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>Le travail s’est arrêté</translation>
        </message>
        <message>
            <source>There are characters in it that XML cannot hold.</source>
            <translation>Il contient des caractères que XML ne peut pas contenir.</translation>
        </message>
        <message>
            <source>There are no such photos any more.</source>
            <translation>Ces photos n’existent plus.</translation>
        </message>
        <message>
            <source>There are {0} people and groups</source>
            <translation>{0} personnes et groupes</translation>
        </message>
        <message>
            <source>There can be no {0} there ({1}). Use --as copy.</source>
            <translation>Il ne peut pas y avoir là de {0} ({1}). Utilisez --as copy.</translation>
        </message>
        <message>
            <source>There is 1 person or group</source>
            <translation>1 personne ou groupe</translation>
        </message>
        <message>
            <source>There is a collection “{0}” already.</source>
            <translation>Il y a déjà une collection « {0} ».</translation>
        </message>
        <message>
            <source>There is a face here already; say who it is.</source>
            <translation>Il y a déjà un visage ici ; dites qui c’est.</translation>
        </message>
        <message>
            <source>There is another file of that name, which Kinfolk did not write.</source>
            <translation>Il y a un autre fichier de ce nom, que Kinfolk n’a pas écrit.</translation>
        </message>
        <message>
            <source>There is more than one picture in the file; the main one is shown.</source>
            <translation>Il y a plus d’une image dans le fichier ; la principale est affichée.</translation>
        </message>
        <message>
            <source>There is no alert {0} here; `kinfolk alerts --all` lists them.</source>
            <translation>Il n’y a pas d’alerte {0} ici ; `kinfolk alerts --all` les liste.</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; `kinfolk collection create` makes one.</source>
            <translation>Il n’y a pas de collection « {0} » ; `kinfolk collection create` en crée une.</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; name those whose people are known.</source>
            <translation>Il n’y a pas de collection « {0} » ; nommez celles dont les personnes sont connues.</translation>
        </message>
        <message>
            <source>There is no collection.</source>
            <translation>Il n’y a pas de collection.</translation>
        </message>
        <message>
            <source>There is no good backup of the library yet; `kinfolk backup` makes one.</source>
            <translation>Il n’y a pas encore de bonne sauvegarde de la bibliothèque ; `kinfolk backup` en fait une.</translation>
        </message>
        <message>
            <source>There is no library in {0}; `kinfolk index` makes one.</source>
            <translation>Il n’y a pas de bibliothèque dans {0} ; `kinfolk index` en crée une.</translation>
        </message>
        <message>
            <source>There is no model (.onnx) in it.</source>
            <translation>Il n’y a aucun modèle (.onnx) dedans.</translation>
        </message>
        <message>
            <source>There is no model pack {0}: {1} is not a folder. Put the pack's .onnx files there, or choose the pack compact.</source>
            <translation>Il n’y a pas de pack de modèles {0} : {1} n’est pas un dossier. Placez-y les fichiers .onnx du pack, ou choisissez le pack compact.</translation>
        </message>
        <message>
            <source>There is no pack {0} to be fetched; there are: {1}.</source>
            <translation>Il n’y a pas de pack {0} à télécharger ; il y a : {1}.</translation>
        </message>
        <message>
            <source>There is no pack {0} to be removed.</source>
            <translation>Il n’y a pas de pack {0} à supprimer.</translation>
        </message>
        <message>
            <source>There is no picture in the film.</source>
            <translation>Il n’y a pas d’image dans le film.</translation>
        </message>
        <message>
            <source>There is no picture in this video, only sound.</source>
            <translation>Il n’y a pas d’image dans cette vidéo, seulement du son.</translation>
        </message>
        <message>
            <source>There is no picture of it at hand.</source>
            <translation>Aucune image n’en est disponible.</translation>
        </message>
        <message>
            <source>There is no place for a photo to measure with: {0}.</source>
            <translation>Il n’y a pas d’emplacement pour une photo de mesure : {0}.</translation>
        </message>
        <message>
            <source>There is no room for a backup in {0}. Make room and try again.</source>
            <translation>Il n’y a pas de place pour une sauvegarde dans {0}. Faites de la place et réessayez.</translation>
        </message>
        <message>
            <source>There is no setting {0}; `kinfolk settings` lists them.</source>
            <translation>Il n’y a pas de paramètre {0} ; `kinfolk settings` les liste.</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>Cette collection n’existe plus.</translation>
        </message>
        <message>
            <source>There is no such folder any more.</source>
            <translation>Ce dossier n’existe plus.</translation>
        </message>
        <message>
            <source>There is no such person any more.</source>
            <translation>Cette personne n’existe plus.</translation>
        </message>
        <message>
            <source>There is no such photo any more.</source>
            <translation>Cette photo n’existe plus.</translation>
        </message>
        <message>
            <source>There is no such photo in the album any more.</source>
            <translation>Cette photo n’est plus dans l’album.</translation>
        </message>
        <message>
            <source>There is no switch to another pack that could be taken back.</source>
            <translation>Il n’y a aucun passage à un autre pack à annuler.</translation>
        </message>
        <message>
            <source>There is no task {0}; tasks are kept for 7 days.</source>
            <translation>Il n’y a pas de tâche {0} ; les tâches sont gardées 7 jours.</translation>
        </message>
        <message>
            <source>There is not enough memory to open this picture.</source>
            <translation>Il n’y a pas assez de mémoire pour ouvrir cette image.</translation>
        </message>
        <message>
            <source>There is not enough memory to open this video.</source>
            <translation>Il n’y a pas assez de mémoire pour ouvrir cette vidéo.</translation>
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation>Il n’y a rien à rétablir.</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>Il n’y a rien à annuler.</translation>
        </message>
        <message>
            <source>These faces are not in the library any more.</source>
            <translation>Ces visages ne sont plus dans la bibliothèque.</translation>
        </message>
        <message>
            <source>These faces are of another collection than the person.</source>
            <translation>Ces visages sont d’une autre collection que la personne.</translation>
        </message>
        <message>
            <source>These photos are in no stack.</source>
            <translation>Ces photos ne sont dans aucune pile.</translation>
        </message>
        <message>
            <source>These photos are not of one collection.</source>
            <translation>Ces photos ne sont pas d’une même collection.</translation>
        </message>
        <message>
            <source>They are one person already, {0}; select the faces that are somebody else and split them off.</source>
            <translation>C’est déjà une seule personne, {0} ; sélectionnez les visages de quelqu’un d’autre et séparez-les.</translation>
        </message>
        <message>
            <source>This counts as no face; say who it is to have it back.</source>
            <translation>Ceci ne compte pas comme visage ; dites qui c’est pour le retrouver.</translation>
        </message>
        <message>
            <source>This is a JPEG XL picture; the package pylibjxl that opens those is not installed.</source>
            <translation>C’est une image JPEG XL ; le paquet pylibjxl qui les ouvre n’est pas installé.</translation>
        </message>
        <message>
            <source>This is a device or a pipe, not a photo.</source>
            <translation>C’est un périphérique ou un tube, pas une photo.</translation>
        </message>
        <message>
            <source>This is a folder, not a photo.</source>
            <translation>C’est un dossier, pas une photo.</translation>
        </message>
        <message>
            <source>This is a link to a file that is not there.</source>
            <translation>C’est un lien vers un fichier qui n’est pas là.</translation>
        </message>
        <message>
            <source>This is a raw file of a kind that Kinfolk cannot open.</source>
            <translation>C’est un fichier RAW d’un type que Kinfolk ne peut pas ouvrir.</translation>
        </message>
        <message>
            <source>This is a video and no photo.</source>
            <translation>C’est une vidéo et non une photo.</translation>
        </message>
        <message>
            <source>This is not a kind of picture that Kinfolk can open.</source>
            <translation>Kinfolk ne peut pas ouvrir ce type d’image.</translation>
        </message>
        <message>
            <source>This is not a kind of video that Kinfolk can open.</source>
            <translation>Kinfolk ne peut pas ouvrir ce type de vidéo.</translation>
        </message>
        <message>
            <source>This is the only collection; a library has at least one.</source>
            <translation>C’est la seule collection ; une bibliothèque en a au moins une.</translation>
        </message>
        <message>
            <source>This is {0}, which Kinfolk cannot open.</source>
            <translation>C’est {0}, que Kinfolk ne peut pas ouvrir.</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with it.</source>
            <translation>Cet onnxruntime ne l’inclut pas.</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with {0}.</source>
            <translation>Cet onnxruntime n’inclut pas {0}.</translation>
        </message>
        <message>
            <source>This photo is in no stack.</source>
            <translation>Cette photo n’est dans aucune pile.</translation>
        </message>
        <message>
            <source>This raw file is shown at half its size: {0} of {1} pixels.</source>
            <translation>Ce fichier RAW est affiché à la moitié de sa taille : {0} sur {1} pixels.</translation>
        </message>
        <message>
            <source>This takes {0}, and “{1}” has {2} left. Make room there, or choose another folder.</source>
            <translation>Il faut {0}, et il reste {2} dans « {1} ». Faites-y de la place, ou choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>Took back</source>
            <translation>Retiré</translation>
        </message>
        <message>
            <source>Took back when {0} was born</source>
            <translation>Année de naissance retirée : {0}</translation>
        </message>
        <message>
            <source>Took {0} out of a stack</source>
            <translation>Sorti d’une pile : {0}</translation>
        </message>
        <message>
            <source>Traces of it stay in {0}: {1}. See whether the disk is full or read-only, and do it again.</source>
            <translation>Des traces en restent dans {0} : {1}. Vérifiez si le disque est plein ou en lecture seule, et recommencez.</translation>
        </message>
        <message>
            <source>Traces of it stay on the disk for now: Kinfolk erases them when it is closed or opened.</source>
            <translation>Des traces en restent pour l’instant sur le disque : Kinfolk les efface à sa fermeture ou à son ouverture.</translation>
        </message>
        <message>
            <source>Transport endpoint is not connected</source>
            <translation>le disque réseau n’est pas connecté</translation>
        </message>
        <message>
            <source>Undone: {0}</source>
            <translation>Annulé : {0}</translation>
        </message>
        <message>
            <source>What came is not the archive that Kinfolk knows: its SHA-256 is {0}, not {1}. Nothing of it was kept. Try again later, or fetch the archive by other means and add the file.</source>
            <translation>Ce qui est arrivé n’est pas l’archive que Kinfolk connaît : sa somme SHA-256 est {0}, et non {1}. Rien n’en a été gardé. Réessayez plus tard, ou téléchargez l’archive par un autre moyen, et ajoutez le fichier.</translation>
        </message>
        <message>
            <source>What downloads of models go through: an address such as http://proxy.home:3128, none, or nothing for what the system says.</source>
            <translation>Par où passent les téléchargements de modèles : une adresse comme http://proxy.home:3128, none, ou rien pour ce que dit le système.</translation>
        </message>
        <message>
            <source>What runs the models: cpu is the processor, auto is what was measured to be the fastest.</source>
            <translation>Ce qui exécute les modèles : cpu est le processeur, auto est ce qui s’est révélé le plus rapide à la mesure.</translation>
        </message>
        <message>
            <source>What shows on the desktop: off is nothing, long is alerts and work of over a minute, all is alerts and every end of a task.</source>
            <translation>Ce qui apparaît sur le bureau : off, rien ; long, les alertes et les travaux de plus d’une minute ; all, les alertes et chaque fin de tâche.</translation>
        </message>
        <message>
            <source>What the server has is not the archive that Kinfolk knows: it has {0} bytes, not {1}. Nothing was taken. Does this computer have to sign in to its network first? Else fetch the archive by other means and add the file.</source>
            <translation>Ce qu’a le serveur n’est pas l’archive que Kinfolk connaît : elle a {0} octets, et non {1}. Rien n’a été pris. Cet ordinateur doit-il d’abord se connecter à son réseau ? Sinon, téléchargez l’archive par un autre moyen, et ajoutez le fichier.</translation>
        </message>
        <message>
            <source>What the server has is too large to be a model pack.</source>
            <translation>Ce qu’a le serveur est trop grand pour être un pack de modèles.</translation>
        </message>
        <message>
            <source>When new faces are grouped: settled is after the last photo, interval is every group_minutes, asked is only when the user says so.</source>
            <translation>Quand les nouveaux visages sont regroupés : settled, après la dernière photo ; interval, toutes les group_minutes ; asked, seulement sur demande.</translation>
        </message>
        <message>
            <source>Where the window has exported photos to last.</source>
            <translation>Où la fenêtre a exporté des photos en dernier.</translation>
        </message>
        <message>
            <source>Whether Kinfolk stays in the tray when its window is closed while a collection has alerts on.</source>
            <translation>Si Kinfolk reste dans la zone de notification quand sa fenêtre est fermée alors qu’une collection a les alertes activées.</translation>
        </message>
        <message>
            <source>Whether a stranger before a camera raises an alert.</source>
            <translation>Si une personne inconnue devant une caméra déclenche une alerte.</translation>
        </message>
        <message>
            <source>Whether different people are counted.</source>
            <translation>Si les personnes différentes sont comptées.</translation>
        </message>
        <message>
            <source>Whether faces are looked for in videos, too; off leaves new ones alone, and those that are in the album stay.</source>
            <translation>Si les visages sont aussi recherchés dans les vidéos ; off laisse les nouvelles de côté, et celles de l’album restent.</translation>
        </message>
        <message>
            <source>Whether photos that show the same are shown as one, with the best on top.</source>
            <translation>Si les photos qui montrent la même chose sont affichées comme une seule, la meilleure au-dessus.</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>Qui n’est pas vu pendant plus longtemps que cela revient pour une nouvelle visite.</translation>
        </message>
        <message>
            <source>Whoever is here was forgotten; undo that first.</source>
            <translation>Qui est ici a été oublié ; annulez cela d’abord.</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>Qui n’a toujours pas de nom tant de jours après que la photo a été trouvée est effacé définitivement, avec visage et caractéristiques ; 0 garde tout le monde.</translation>
        </message>
        <message>
            <source>Whom a camera knows: those who have a name in these collections, and in its own; all is every album, none is only its own.</source>
            <translation>Qui une caméra connaît : les personnes qui ont un nom dans ces collections et dans la sienne ; all, tous les albums ; none, seulement la sienne.</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>Écriture des noms dans des fichiers annexes</translation>
        </message>
        <message>
            <source>You drew face-{0} by hand; it is compared with nobody.</source>
            <translation>Vous avez encadré face-{0} à la main ; il n’est comparé à personne.</translation>
        </message>
        <message>
            <source>You had given different years of birth; {0} holds now</source>
            <translation>Vous aviez donné des années de naissance différentes ; {0} vaut maintenant</translation>
        </message>
        <message>
            <source>You had said that they are different people; that no longer holds</source>
            <translation>Vous aviez indiqué que ce sont des personnes différentes ; cela ne vaut plus</translation>
        </message>
        <message>
            <source>You had said that {0} not the same person; that no longer holds</source>
            <translation>Vous aviez indiqué que {0} la même personne ; cela ne vaut plus</translation>
        </message>
        <message>
            <source>You had said {0}; that no longer holds</source>
            <translation>Vous aviez indiqué autre chose ({0}) ; cela ne vaut plus</translation>
        </message>
        <message>
            <source>You may not read the folder {0}.</source>
            <translation>Vous n’avez pas le droit de lire le dossier {0}.</translation>
        </message>
        <message>
            <source>You may not read this file.</source>
            <translation>Vous n’avez pas le droit de lire ce fichier.</translation>
        </message>
        <message>
            <source>You may not use the library {0}. Give yourself the right to read and write it and its folder, or choose another folder with --library.</source>
            <translation>Vous n’avez pas le droit d’utiliser la bibliothèque {0}. Donnez-vous le droit de la lire et de l’écrire, ainsi que son dossier, ou choisissez un autre dossier avec --library.</translation>
        </message>
        <message>
            <source>You may not write into this folder.</source>
            <translation>Vous n’avez pas le droit d’écrire dans ce dossier.</translation>
        </message>
        <message>
            <source>You may not write into “{0}”.</source>
            <translation>Vous n’avez pas le droit d’écrire dans « {0} ».</translation>
        </message>
        <message>
            <source>You said that face-{0} is nobody you know.</source>
            <translation>Vous avez indiqué que face-{0} n’est personne de votre connaissance.</translation>
        </message>
        <message>
            <source>You said that face-{0} is not a face; `undo` takes that back.</source>
            <translation>Vous avez indiqué que face-{0} n’est pas un visage ; `undo` le retire.</translation>
        </message>
        <message>
            <source>You said who this is; take that back first.</source>
            <translation>Vous avez indiqué qui c’est ; retirez cela d’abord.</translation>
        </message>
        <message>
            <source>a 7-Zip archive</source>
            <translation>une archive 7-Zip</translation>
        </message>
        <message>
            <source>a BPG picture</source>
            <translation>une image BPG</translation>
        </message>
        <message>
            <source>a DjVu document</source>
            <translation>un document DjVu</translation>
        </message>
        <message>
            <source>a FLIF picture</source>
            <translation>une image FLIF</translation>
        </message>
        <message>
            <source>a JPEG 2000 picture</source>
            <translation>une image JPEG 2000</translation>
        </message>
        <message>
            <source>a JPEG XR picture</source>
            <translation>une image JPEG XR</translation>
        </message>
        <message>
            <source>a PDF document</source>
            <translation>un document PDF</translation>
        </message>
        <message>
            <source>a PNM picture</source>
            <translation>une image PNM</translation>
        </message>
        <message>
            <source>a Photoshop picture (PSD)</source>
            <translation>une image Photoshop (PSD)</translation>
        </message>
        <message>
            <source>a PostScript drawing (EPS)</source>
            <translation>un dessin PostScript (EPS)</translation>
        </message>
        <message>
            <source>a RAR archive</source>
            <translation>une archive RAR</translation>
        </message>
        <message>
            <source>a Radiance picture (HDR)</source>
            <translation>une image Radiance (HDR)</translation>
        </message>
        <message>
            <source>a ZIP archive</source>
            <translation>une archive ZIP</translation>
        </message>
        <message>
            <source>a drawing (SVG)</source>
            <translation>un dessin (SVG)</translation>
        </message>
        <message>
            <source>a drawing (WMF)</source>
            <translation>un dessin (WMF)</translation>
        </message>
        <message>
            <source>attempt to write a readonly database</source>
            <translation>la base de données est en lecture seule</translation>
        </message>
        <message>
            <source>database disk image is malformed</source>
            <translation>le fichier de la base de données est endommagé</translation>
        </message>
        <message>
            <source>database is locked</source>
            <translation>la base de données est verrouillée</translation>
        </message>
        <message>
            <source>disk I/O error</source>
            <translation>erreur d’entrée/sortie du disque</translation>
        </message>
        <message>
            <source>file is not a database</source>
            <translation>le fichier n’est pas une base de données</translation>
        </message>
        <message>
            <source>it ended before its end</source>
            <translation>il s’est terminé avant la fin</translation>
        </message>
        <message>
            <source>it has lost something that you said</source>
            <translation>il y manque des choses que vous avez indiquées</translation>
        </message>
        <message>
            <source>more came than was told</source>
            <translation>il en est venu plus qu’annoncé</translation>
        </message>
        <message>
            <source>nothing came any more</source>
            <translation>plus rien n’arrivait</translation>
        </message>
        <message>
            <source>once</source>
            <translation>une fois</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>la connexion a été coupée</translation>
        </message>
        <message>
            <source>the file is missing or empty</source>
            <translation>le fichier manque ou est vide</translation>
        </message>
        <message>
            <source>the proxy cannot be reached</source>
            <translation>le proxy est injoignable</translation>
        </message>
        <message>
            <source>the server answers something else than was asked</source>
            <translation>le serveur répond à autre chose qu’à la demande</translation>
        </message>
        <message>
            <source>the server cannot be reached</source>
            <translation>le serveur est injoignable</translation>
        </message>
        <message>
            <source>the server is busy ({0})</source>
            <translation>le serveur est occupé ({0})</translation>
        </message>
        <message>
            <source>unable to open database file</source>
            <translation>impossible d’ouvrir le fichier de la base de données</translation>
        </message>
        <message>
            <source>{0} What was seen of it before is kept.</source>
            <translation>{0} Ce qui y avait été vu auparavant est conservé.</translation>
        </message>
        <message>
            <source>{0} failed.</source>
            <translation>{0} : échec.</translation>
        </message>
        <message>
            <source>{0} files</source>
            <translation>{0} fichiers</translation>
        </message>
        <message>
            <source>a picture of GIMP (XCF)</source>
            <translation>une image GIMP (XCF)</translation>
        </message>
        <message>
            <source>a stranger</source>
            <translation>une personne inconnue</translation>
        </message>
        <message>
            <source>a web page</source>
            <translation>une page web</translation>
        </message>
        <message>
            <source>an OpenEXR picture</source>
            <translation>une image OpenEXR</translation>
        </message>
        <message>
            <source>an archive (gzip)</source>
            <translation>une archive (gzip)</translation>
        </message>
        <message>
            <source>an icon (ICNS)</source>
            <translation>une icône (ICNS)</translation>
        </message>
        <message>
            <source>an icon (ICO)</source>
            <translation>une icône (ICO)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>une personne sans nom</translation>
        </message>
        <message>
            <source>and no</source>
            <translation>ni</translation>
        </message>
        <message>
            <source>face-{0} is not a face here that can be compared.</source>
            <translation>face-{0} n’est pas un visage d’ici qui puisse être comparé.</translation>
        </message>
        <message>
            <source>hard links</source>
            <translation>liens physiques</translation>
        </message>
        <message>
            <source>has changed</source>
            <translation>a changé</translation>
        </message>
        <message>
            <source>hid 1 unnamed person</source>
            <translation>1 personne sans nom masquée</translation>
        </message>
        <message>
            <source>hid {0} unnamed people</source>
            <translation>{0} personnes sans nom masquées</translation>
        </message>
        <message>
            <source>hidden or shown</source>
            <translation>masquées ou affichées</translation>
        </message>
        <message>
            <source>is full</source>
            <translation>est plein</translation>
        </message>
        <message>
            <source>is new</source>
            <translation>est nouveau</translation>
        </message>
        <message>
            <source>is not staff</source>
            <translation>ne fait pas partie du personnel</translation>
        </message>
        <message>
            <source>is shown again</source>
            <translation>est de nouveau visible</translation>
        </message>
        <message>
            <source>is staff</source>
            <translation>fait partie du personnel</translation>
        </message>
        <message>
            <source>it is not a table of options</source>
            <translation>ce n’est pas une table d’options</translation>
        </message>
        <message>
            <source>new face</source>
            <translation>nouveau visage</translation>
        </message>
        <message>
            <source>no pictures</source>
            <translation>aucune image</translation>
        </message>
        <message>
            <source>nobody answers</source>
            <translation>personne ne répond</translation>
        </message>
        <message>
            <source>not</source>
            <translation>pas cette personne</translation>
        </message>
        <message>
            <source>not a face</source>
            <translation>pas un visage</translation>
        </message>
        <message>
            <source>nothing to read</source>
            <translation>rien à lire</translation>
        </message>
        <message>
            <source>page of {0}</source>
            <translation>page de {0}</translation>
        </message>
        <message>
            <source>said to be staff</source>
            <translation>déclarées comme personnel</translation>
        </message>
        <message>
            <source>somebody else</source>
            <translation>quelqu’un d’autre</translation>
        </message>
        <message>
            <source>someone else</source>
            <translation>quelqu’un d’autre</translation>
        </message>
        <message>
            <source>strangers</source>
            <translation>des personnes inconnues</translation>
        </message>
        <message>
            <source>that 1 of them is {0}</source>
            <translation>1 d’entre eux : {0}</translation>
        </message>
        <message>
            <source>that is no name of a folder</source>
            <translation>ce n’est pas un nom de dossier</translation>
        </message>
        <message>
            <source>that it is {0}</source>
            <translation>{0}</translation>
        </message>
        <message>
            <source>that {0} of them are {1}</source>
            <translation>{0} d’entre eux : {1}</translation>
        </message>
        <message>
            <source>the disk refused</source>
            <translation>le disque a refusé</translation>
        </message>
        <message>
            <source>the person of {0} photos</source>
            <translation>la personne de {0} photos</translation>
        </message>
        <message>
            <source>there is no folder for a socket</source>
            <translation>il n’y a pas de dossier pour un socket</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>cette personne</translation>
        </message>
        <message>
            <source>this system has none</source>
            <translation>ce système n’en a pas</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} et {1}</translation>
        </message>
        <message>
            <source>{0} and {1} are different people</source>
            <translation>{0} et {1} sont des personnes différentes</translation>
        </message>
        <message>
            <source>{0} are not faces</source>
            <translation>{0} ne sont pas des visages</translation>
        </message>
        <message>
            <source>{0} are shown again</source>
            <translation>{0} sont de nouveau visibles</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}).</source>
            <translation>{0} ne peut pas être lu ({1}).</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). Install Kinfolk again.</source>
            <translation>{0} ne peut pas être lu ({1}). Réinstallez Kinfolk.</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). {2}</source>
            <translation>{0} ne peut pas être lu ({1}). {2}</translation>
        </message>
        <message>
            <source>{0} cannot be written ({1}), so that the models could not be checked later. Is the disk full or read-only?</source>
            <translation>{0} ne peut pas être écrit ({1}), si bien que les modèles ne pourraient pas être vérifiés plus tard. Le disque est-il plein ou en lecture seule ?</translation>
        </message>
        <message>
            <source>{0} cannot load the model {1}: {2}</source>
            <translation>{0} ne peut pas charger le modèle {1} : {2}</translation>
        </message>
        <message>
            <source>{0} does not exist.</source>
            <translation>{0} n’existe pas.</translation>
        </message>
        <message>
            <source>{0} does not start: a driver or library of it is missing.</source>
            <translation>{0} ne démarre pas : un pilote ou une bibliothèque lui manque.</translation>
        </message>
        <message>
            <source>{0} erased. Undo only lets Kinfolk learn them anew, without a name</source>
            <translation>{0}. L’annulation permet seulement à Kinfolk de les réapprendre, sans nom</translation>
        </message>
        <message>
            <source>{0} faces</source>
            <translation>{0} visages</translation>
        </message>
        <message>
            <source>{0} faces and their embeddings are</source>
            <translation>{0} visages et leurs caractéristiques ont été effacés</translation>
        </message>
        <message>
            <source>{0} faces are not {1}</source>
            <translation>{0} visages non attribués à {1}</translation>
        </message>
        <message>
            <source>{0} faces are strangers</source>
            <translation>{0} visages attribués à des personnes inconnues</translation>
        </message>
        <message>
            <source>{0} faces are {1}</source>
            <translation>{0} visages attribués à {1}</translation>
        </message>
        <message>
            <source>{0} faces are {1}, not {2}</source>
            <translation>{0} visages attribués à {1}, et non à {2}</translation>
        </message>
        <message>
            <source>{0} faces that you placed are</source>
            <translation>{0} visages que vous avez placés sont</translation>
        </message>
        <message>
            <source>{0} faces with {1} look like someone else. Do they belong there?</source>
            <translation>{0} visages chez {1} ressemblent à quelqu’un d’autre. Sont-ils à leur place ?</translation>
        </message>
        <message>
            <source>{0} grouped. {1} now.</source>
            <translation>Regroupement : {0}. Il y a maintenant {1}.</translation>
        </message>
        <message>
            <source>{0} has a name already; answer with yes or no.</source>
            <translation>{0} a déjà un nom ; répondez par yes ou no.</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1}</source>
            <translation>{0} sur des photos prises avant {1}</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1} will leave at the next grouping</source>
            <translation>Au prochain regroupement, départ de {0} sur des photos prises avant {1}</translation>
        </message>
        <message>
            <source>{0} is done.</source>
            <translation>{0} : terminé.</translation>
        </message>
        <message>
            <source>{0} is missing</source>
            <translation>{0} manque</translation>
        </message>
        <message>
            <source>{0} is neither a command nor a file; see `kinfolk --help`.</source>
            <translation>{0} n’est ni une commande ni un fichier ; voir `kinfolk --help`.</translation>
        </message>
        <message>
            <source>{0} is no folder.</source>
            <translation>{0} n’est pas un dossier.</translation>
        </message>
        <message>
            <source>{0} is no zip archive, or a damaged one.</source>
            <translation>{0} n’est pas une archive ZIP, ou est endommagé.</translation>
        </message>
        <message>
            <source>{0} is not a folder.</source>
            <translation>{0} n’est pas un dossier.</translation>
        </message>
        <message>
            <source>{0} is not in the library; `kinfolk index` adds it.</source>
            <translation>{0} n’est pas dans la bibliothèque ; `kinfolk index` l’ajoute.</translation>
        </message>
        <message>
            <source>{0} is not staff</source>
            <translation>{0} ne fait pas partie du personnel</translation>
        </message>
        <message>
            <source>{0} is of another version of Kinfolk. Install Kinfolk again.</source>
            <translation>{0} vient d’une autre version de Kinfolk. Réinstallez Kinfolk.</translation>
        </message>
        <message>
            <source>{0} is shown again</source>
            <translation>{0} est de nouveau visible</translation>
        </message>
        <message>
            <source>{0} is staff</source>
            <translation>{0} fait partie du personnel</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>Analyse : {0}</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found</source>
            <translation>Analyse : {0}, avec {1}</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found; {2} skipped</source>
            <translation>Analyse : {0}, avec {1} ; ignoré : {2}</translation>
        </message>
        <message>
            <source>{0} looked at; {1} skipped</source>
            <translation>Analyse : {0} ; ignoré : {1}</translation>
        </message>
        <message>
            <source>{0} new faces</source>
            <translation>{0} nouveaux visages</translation>
        </message>
        <message>
            <source>{0} no faces any more; the next grouping drops them.</source>
            <translation>{0} aucun visage ; le prochain regroupement les retire.</translation>
        </message>
        <message>
            <source>{0} of the faces are</source>
            <translation>{0} des visages ne sont pas</translation>
        </message>
        <message>
            <source>{0} people</source>
            <translation>{0} personnes</translation>
        </message>
        <message>
            <source>{0} people and groups</source>
            <translation>{0} personnes et groupes</translation>
        </message>
        <message>
            <source>{0} people are not staff</source>
            <translation>{0} personnes ne font pas partie du personnel</translation>
        </message>
        <message>
            <source>{0} people are shown again</source>
            <translation>{0} personnes sont affichées à nouveau</translation>
        </message>
        <message>
            <source>{0} people are staff</source>
            <translation>{0} personnes font partie du personnel</translation>
        </message>
        <message>
            <source>{0} photos</source>
            <translation>{0} photos</translation>
        </message>
        <message>
            <source>{0} says nothing of: {1}. {2}</source>
            <translation>{0} ne dit rien de : {1}. {2}</translation>
        </message>
        <message>
            <source>{0} times</source>
            <translation>{0} fois</translation>
        </message>
        <message>
            <source>{0} unnamed people</source>
            <translation>{0} personnes sans nom</translation>
        </message>
        <message>
            <source>{0} unnamed people have</source>
            <translation>{0} personnes sans nom n’ont plus</translation>
        </message>
        <message>
            <source>{0} was born in {1}</source>
            <translation>Naissance en {1} : {0}</translation>
        </message>
        <message>
            <source>{0} was cancelled; what it did until then stays.</source>
            <translation>{0} : annulé ; ce qui a été fait jusque-là reste.</translation>
        </message>
        <message>
            <source>{0}, which says what the models were, cannot be read. Delete it, and the models that there are now count as yours.</source>
            <translation>{0}, qui dit quels étaient les modèles, ne peut pas être lu. Supprimez-le, et les modèles présents compteront comme les vôtres.</translation>
        </message>
        <message>
            <source>“{0}” cannot be written: {1}.</source>
            <translation>« {0} » ne peut pas être écrit : {1}.</translation>
        </message>
        <message>
            <source>“{0}” is a folder of Kinfolk's own; choose another.</source>
            <translation>« {0} » est un dossier de Kinfolk lui-même ; choisissez-en un autre.</translation>
        </message>
        <message>
            <source>“{0}” is no name of a file.</source>
            <translation>« {0} » n’est pas un nom de fichier.</translation>
        </message>
        <message>
            <source>“{0}” is not asked any more; `kinfolk suggestions` lists what is.</source>
            <translation>« {0} » n’est plus demandé ; `kinfolk suggestions` liste ce qui l’est.</translation>
        </message>
        <message>
            <source>“{0}” is on another drive than “{1}”, and no file has a name on two drives. Use --as copy.</source>
            <translation>« {0} » est sur un autre disque que « {1} », et aucun fichier n’a de nom sur deux disques. Utilisez --as copy.</translation>
        </message>
        <message>
            <source>“{0}” lies in a folder that Kinfolk watches: what is exported there comes back as copies. Choose another folder.</source>
            <translation>« {0} » se trouve dans un dossier que Kinfolk surveille : ce qui y est exporté revient sous forme de copies. Choisissez un autre dossier.</translation>
        </message>
    </context>
    <context>
        <name>search</name>
        <message>
            <source>All of {0}</source>
            <translation>Tout {0}</translation>
        </message>
        <message>
            <source>Any date</source>
            <translation>Toutes les dates</translation>
        </message>
        <message>
            <source>Any folder</source>
            <translation>Tous les dossiers</translation>
        </message>
        <message>
            <source>Back to where the search began</source>
            <translation>Revenir au début de la recherche</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Modifier</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Effacer la recherche</translation>
        </message>
        <message>
            <source>Dates of the photos</source>
            <translation>Dates des photos</translation>
        </message>
        <message>
            <source>Dates…</source>
            <translation>Dates…</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>Rechercher des personnes</translation>
        </message>
        <message>
            <source>Find people by name</source>
            <translation>Rechercher des personnes par nom</translation>
        </message>
        <message>
            <source>Folder of the photos</source>
            <translation>Dossier des photos</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>Dossier…</translation>
        </message>
        <message>
            <source>For example: anna ben -carl, anna or ben, only anna, 2019</source>
            <translation>Par exemple : anna ben -carl, anna ou ben, seulement anna, 2019</translation>
        </message>
        <message>
            <source>From</source>
            <translation>À partir de</translation>
        </message>
        <message>
            <source>Leave out {0}: {1}</source>
            <translation>Sans la condition {0} : {1}</translation>
        </message>
        <message>
            <source>No photo shows {0}</source>
            <translation>Aucune photo avec {0}</translation>
        </message>
        <message>
            <source>No photos</source>
            <translation>Aucune photo</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”.</source>
            <translation>Personne ici ne s’appelle « {0} ».</translation>
        </message>
        <message>
            <source>One of</source>
            <translation>L’une d’elles au choix</translation>
        </message>
        <message>
            <source>Only these people</source>
            <translation>Seulement ces personnes</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Rechercher</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Afficher toutes les photos de cette personne</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Afficher toutes les photos de {0}</translation>
        </message>
        <message>
            <source>The whole of {0}</source>
            <translation>Toute l’année {0}</translation>
        </message>
        <message>
            <source>There is no folder “{0}” here.</source>
            <translation>Il n’y a pas de dossier « {0} » ici.</translation>
        </message>
        <message>
            <source>There is no photo</source>
            <translation>Aucune photo</translation>
        </message>
        <message>
            <source>There is one choice with “or” already.</source>
            <translation>Il y a déjà un choix avec « ou ».</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Personne sans nom</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Jusqu’à</translation>
        </message>
        <message>
            <source>With</source>
            <translation>Avec</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>Sans</translation>
        </message>
        <message>
            <source>after</source>
            <translation>après</translation>
        </message>
        <message>
            <source>and</source>
            <translation>et</translation>
        </message>
        <message>
            <source>and…</source>
            <translation>et…</translation>
        </message>
        <message>
            <source>before</source>
            <translation>avant</translation>
        </message>
        <message>
            <source>from</source>
            <translation>de</translation>
        </message>
        <message>
            <source>in</source>
            <translation>dans</translation>
        </message>
        <message>
            <source>in {0}</source>
            <translation>dans {0}</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>personne</translation>
        </message>
        <message>
            <source>not</source>
            <translation>pas</translation>
        </message>
        <message>
            <source>one of</source>
            <translation>au choix</translation>
        </message>
        <message>
            <source>only</source>
            <translation>seulement</translation>
        </message>
        <message>
            <source>or</source>
            <translation>ou</translation>
        </message>
        <message>
            <source>since</source>
            <translation>depuis</translation>
        </message>
        <message>
            <source>the dates</source>
            <translation>les dates</translation>
        </message>
        <message>
            <source>the folder</source>
            <translation>le dossier</translation>
        </message>
        <message>
            <source>to</source>
            <translation>à</translation>
        </message>
        <message>
            <source>until</source>
            <translation>jusqu'à</translation>
        </message>
        <message>
            <source>with</source>
            <translation>avec</translation>
        </message>
        <message>
            <source>without</source>
            <translation>sans</translation>
        </message>
        <message>
            <source>{0} together</source>
            <translation>{0} ensemble</translation>
        </message>
        <message>
            <source>“only”</source>
            <translation>« seulement »</translation>
        </message>
        <message>
            <source>“without {0}”</source>
            <translation>« sans {0} »</translation>
        </message>
        <message>
            <source>“{0}” could be {1}.</source>
            <translation>« {0} » pourrait être {1}.</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>A cloud drive lists files that are not on this disk.</source>
            <translation>Un service cloud liste des fichiers qui ne sont pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is. From 0 to 1.</source>
            <translation>Un visage de moindre qualité ne compte pas comme inconnu : impossible de dire qui c’est. De 0 à 1.</translation>
        </message>
        <message>
            <source>A face of {0} that would be with nobody</source>
            <translation>Un visage qui quitterait {0} et ne serait plus avec personne</translation>
        </message>
        <message>
            <source>A face that would come to {0}</source>
            <translation>Un visage qui rejoindrait {0}</translation>
        </message>
        <message>
            <source>A face that would go from {0} to {1}</source>
            <translation>Un visage qui quitterait {0} pour {1}</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>Une image plus grande est ignorée.</translation>
        </message>
        <message>
            <source>A photo on every core. What you do on the computer still goes first.</source>
            <translation>Une photo sur chaque cœur. Ce que vous faites sur l’ordinateur reste prioritaire.</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>Une photo dont l’analyse demande plus de mémoire est ignorée.</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>Une photo dont l’analyse prend plus de temps est ignorée.</translation>
        </message>
        <message>
            <source>A program of your own can be told of everything, too.</source>
            <translation>Tout peut aussi être signalé à un programme de votre choix.</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>Une personne inconnue déclenche une alerte une fois vue sur ce nombre de photos au total.</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>Une vidéo dont l’analyse prend plus de temps est ignorée.</translation>
        </message>
        <message>
            <source>AMD graphics card (MIGraphX)</source>
            <translation>Carte graphique AMD (MIGraphX)</translation>
        </message>
        <message>
            <source>AMD graphics card (ROCm)</source>
            <translation>Carte graphique AMD (ROCm)</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Avancé</translation>
        </message>
        <message>
            <source>Alerts for strangers</source>
            <translation>Alertes en cas de personne inconnue</translation>
        </message>
        <message numerus="yes">
            <source>Alerts in {0} days</source>
            <translation>
                <numerusform>Alertes en {0} jour</numerusform>
                <numerusform>Alertes en {0} jours</numerusform>
            </translation>
        </message>
        <message>
            <source>Alerts, and all work that ends while you look elsewhere.</source>
            <translation>Les alertes, et tout travail qui se termine pendant que vous regardez ailleurs.</translation>
        </message>
        <message>
            <source>Alerts, and work of over a minute that ends while you look elsewhere.</source>
            <translation>Les alertes, et les travaux de plus d’une minute qui se terminent pendant que vous regardez ailleurs.</translation>
        </message>
        <message>
            <source>All groups are made anew. Names and everything else that you said stay as they are.</source>
            <translation>Tous les groupes sont reformés. Les noms et tout ce que vous avez indiqué d’autre restent tels quels.</translation>
        </message>
        <message>
            <source>All settings are as by default.</source>
            <translation>Tous les paramètres ont leur valeur par défaut.</translation>
        </message>
        <message>
            <source>Apple’s graphics and neural engine (Core ML)</source>
            <translation>Moteur graphique et neuronal d’Apple (Core ML)</translation>
        </message>
        <message>
            <source>Applied.</source>
            <translation>Appliqué.</translation>
        </message>
        <message>
            <source>Applied. All groups are made anew; the strip at the bottom shows it.</source>
            <translation>Appliqué. Tous les groupes sont reformés ; la bande du bas le montre.</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Appliquer</translation>
        </message>
        <message>
            <source>Are left with nobody</source>
            <translation>Ne sont plus avec personne</translation>
        </message>
        <message>
            <source>As a cloud service has it: large, straight, clear</source>
            <translation>Comme dans un service cloud : grands, de face, nets</translation>
        </message>
        <message>
            <source>As measured for the models in use</source>
            <translation>Selon la mesure pour les modèles utilisés</translation>
        </message>
        <message>
            <source>As measured on albums of families</source>
            <translation>Selon la mesure sur des albums de famille</translation>
        </message>
        <message>
            <source>As photos come in</source>
            <translation>À mesure que les photos arrivent</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Comme le bureau</translation>
        </message>
        <message>
            <source>As the library</source>
            <translation>Comme la bibliothèque</translation>
        </message>
        <message>
            <source>As the library ({0})</source>
            <translation>Comme la bibliothèque ({0})</translation>
        </message>
        <message>
            <source>As the system says</source>
            <translation>Selon le système</translation>
        </message>
        <message>
            <source>At full speed, and gently while the computer runs on its battery.</source>
            <translation>À pleine vitesse, et en douceur quand l’ordinateur est sur batterie.</translation>
        </message>
        <message>
            <source>At intervals</source>
            <translation>À intervalles réguliers</translation>
        </message>
        <message>
            <source>At most so many of one video are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>D’une vidéo, on en analyse au plus ce nombre, réparties sur sa durée : moins va plus vite, plus trouve aussi qui n’est visible qu’un instant.</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatique</translation>
        </message>
        <message>
            <source>Bursts and versions of a picture are shown as one, the best on top.</source>
            <translation>Les rafales et les versions d’une image sont affichées comme une seule, la meilleure au-dessus.</translation>
        </message>
        <message>
            <source>Cameras and visitors</source>
            <translation>Caméras et visiteurs</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Cards that come: {0}. Cards that go: {1}; these stay among those seen only a few times.</source>
            <translation>Nouvelles cartes : {0}. Cartes qui disparaissent : {1} ; ces personnes restent parmi celles vues seulement quelques fois.</translation>
        </message>
        <message>
            <source>Categories</source>
            <translation>Catégories</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Modifié</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Choisir…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Couleurs</translation>
        </message>
        <message>
            <source>Come to a group</source>
            <translation>Rejoignent un groupe</translation>
        </message>
        <message>
            <source>Count different people</source>
            <translation>Compter les personnes différentes</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>Default: {0}</source>
            <translation>Par défaut : {0}</translation>
        </message>
        <message>
            <source>Download them</source>
            <translation>Les télécharger</translation>
        </message>
        <message>
            <source>End Kinfolk</source>
            <translation>Quitter Kinfolk</translation>
        </message>
        <message>
            <source>Erase those without a name after</source>
            <translation>Effacer les personnes sans nom après</translation>
        </message>
        <message>
            <source>Every album</source>
            <translation>Tous les albums</translation>
        </message>
        <message>
            <source>Every so many minutes, and not in between.</source>
            <translation>Toutes les x minutes, et pas entre-temps.</translation>
        </message>
        <message>
            <source>Everybody is kept</source>
            <translation>Tout le monde est gardé</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tout</translation>
        </message>
        <message>
            <source>Everything is as the library has it.</source>
            <translation>Tout est comme dans la bibliothèque.</translation>
        </message>
        <message>
            <source>Faces erased for good</source>
            <translation>Visages effacés définitivement</translation>
        </message>
        <message>
            <source>Faces in videos</source>
            <translation>Visages dans les vidéos</translation>
        </message>
        <message>
            <source>Faces that move</source>
            <translation>Visages déplacés</translation>
        </message>
        <message>
            <source>Frames of a video</source>
            <translation>Images d’une vidéo</translation>
        </message>
        <message>
            <source>From one time to the next</source>
            <translation>D’une fois à la suivante</translation>
        </message>
        <message>
            <source>From {0} on.</source>
            <translation>À partir de {0}.</translation>
        </message>
        <message>
            <source>From {0} to {1}.</source>
            <translation>De {0} à {1}.</translation>
        </message>
        <message>
            <source>Full speed</source>
            <translation>Pleine vitesse</translation>
        </message>
        <message>
            <source>Gentle</source>
            <translation>En douceur</translation>
        </message>
        <message>
            <source>Get a card</source>
            <translation>Obtiennent une carte</translation>
        </message>
        <message>
            <source>Go to another group</source>
            <translation>Changent de groupe</translation>
        </message>
        <message>
            <source>Graphics card (DirectML)</source>
            <translation>Carte graphique (DirectML)</translation>
        </message>
        <message>
            <source>Graphics card (WebGPU)</source>
            <translation>Carte graphique (WebGPU)</translation>
        </message>
        <message>
            <source>Groups in all</source>
            <translation>Groupes en tout</translation>
        </message>
        <message>
            <source>Holds for videos that are looked at from now on.</source>
            <translation>Vaut pour les vidéos analysées à partir de maintenant.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on, for pictures that are made then.</source>
            <translation>Vaut dès le prochain démarrage de Kinfolk, pour les images créées alors.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on.</source>
            <translation>Vaut dès le prochain démarrage de Kinfolk.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on: then every photo is looked at again. What you said stays.</source>
            <translation>Vaut dès le prochain démarrage de Kinfolk : chaque photo est alors analysée à nouveau. Ce que vous avez indiqué reste.</translation>
        </message>
        <message>
            <source>How alike faces must be</source>
            <translation>Ressemblance exigée entre visages</translation>
        </message>
        <message>
            <source>How far a clear face may be turned</source>
            <translation>Rotation maximale d’un visage net</translation>
        </message>
        <message>
            <source>How hard Kinfolk works</source>
            <translation>Intensité du travail de Kinfolk</translation>
        </message>
        <message>
            <source>Intel’s graphics and processors (OpenVINO)</source>
            <translation>Puces graphiques et processeurs Intel (OpenVINO)</translation>
        </message>
        <message>
            <source>It is ended when it takes longer.</source>
            <translation>Elle est arrêtée si elle prend plus de temps.</translation>
        </message>
        <message>
            <source>It is run when work ends and for every alert, with a JSON document on its standard input. It has {0} seconds.</source>
            <translation>Elle est exécutée à la fin d’un travail et à chaque alerte, avec un document JSON sur son entrée standard. Elle dispose de {0} secondes.</translation>
        </message>
        <message>
            <source>Its own</source>
            <translation>Réglage propre</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Continuer à surveiller</translation>
        </message>
        <message>
            <source>Keeping and disk</source>
            <translation>Conservation et disque</translation>
        </message>
        <message>
            <source>Kinfolk looks at a few frames of each.</source>
            <translation>Kinfolk analyse quelques images de chacune.</translation>
        </message>
        <message>
            <source>Kinfolk stays in the tray, and tells of strangers.</source>
            <translation>Kinfolk reste dans la zone de notification et signale les personnes inconnues.</translation>
        </message>
        <message>
            <source>Kinfolk’s own</source>
            <translation>Ceux de Kinfolk</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Leave everything as it is</source>
            <translation>Laisse tout tel quel</translation>
        </message>
        <message>
            <source>Leave them there</source>
            <translation>Les y laisser</translation>
        </message>
        <message>
            <source>Leave videos alone</source>
            <translation>Laisser les vidéos de côté</translation>
        </message>
        <message>
            <source>Length of a visit</source>
            <translation>Durée d’une visite</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Light or dark, or as the rest of the desktop.</source>
            <translation>Claires ou sombres, ou comme le reste du bureau.</translation>
        </message>
        <message>
            <source>Look for them</source>
            <translation>Les rechercher</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Analyse des photos</translation>
        </message>
        <message>
            <source>Looking at photos takes a while, and the computer is needed for other things.</source>
            <translation>L’analyse des photos prend du temps, et l’ordinateur sert aussi à autre chose.</translation>
        </message>
        <message>
            <source>Looking at them fetches them, over whatever connection there is.</source>
            <translation>Les analyser les télécharge, quelle que soit la connexion.</translation>
        </message>
        <message>
            <source>Looks and language</source>
            <translation>Apparence et langue</translation>
        </message>
        <message>
            <source>Looser</source>
            <translation>Plus souple</translation>
        </message>
        <message>
            <source>Lose their card</source>
            <translation>Perdent leur carte</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Mesurer</translation>
        </message>
        <message>
            <source>Measure again</source>
            <translation>Mesurer à nouveau</translation>
        </message>
        <message>
            <source>Measured on this computer: {0}.</source>
            <translation>Mesuré sur cet ordinateur : {0}.</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Mesure en cours</translation>
        </message>
        <message>
            <source>Measuring takes about a minute, in which Kinfolk looks at no photos.</source>
            <translation>La mesure prend environ une minute, pendant laquelle Kinfolk n’analyse pas de photos.</translation>
        </message>
        <message>
            <source>Measuring. Meanwhile no photos are looked at.</source>
            <translation>Mesure en cours. Pendant ce temps, aucune photo n’est analysée.</translation>
        </message>
        <message>
            <source>Memory for a photo</source>
            <translation>Mémoire pour une photo</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modèles</translation>
        </message>
        <message>
            <source>Models that look at photos</source>
            <translation>Modèles qui analysent les photos</translation>
        </message>
        <message>
            <source>More need more memory, and are quicker only where there are as many cores.</source>
            <translation>Davantage demande plus de mémoire, et n’est plus rapide que s’il y a autant de cœurs.</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (CUDA)</source>
            <translation>Carte graphique NVIDIA (CUDA)</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (TensorRT)</source>
            <translation>Carte graphique NVIDIA (TensorRT)</translation>
        </message>
        <message>
            <source>New faces are put together this long after the last photo at the latest.</source>
            <translation>Les nouveaux visages sont regroupés au plus tard après ce délai suivant la dernière photo.</translation>
        </message>
        <message>
            <source>New ones stay outside the album; those that are in it stay there.</source>
            <translation>Les nouvelles restent hors de l’album ; celles qui y sont y restent.</translation>
        </message>
        <message>
            <source>No collection makes use of this now, so nothing would change.</source>
            <translation>Aucune collection ne s’en sert en ce moment ; rien ne changerait donc.</translation>
        </message>
        <message>
            <source>No setting is about “{0}”.</source>
            <translation>Aucun paramètre ne concerne « {0} ».</translation>
        </message>
        <message>
            <source>Nobody is told of until it is open.</source>
            <translation>Personne n’est signalé tant qu’il n’est pas rouvert.</translation>
        </message>
        <message>
            <source>Nobody with a name gains or loses a face.</source>
            <translation>Aucune personne nommée ne gagne ni ne perd de visage.</translation>
        </message>
        <message>
            <source>Nobody would be erased at once.</source>
            <translation>Personne ne serait effacé tout de suite.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Aucune</translation>
        </message>
        <message>
            <source>Not applied yet</source>
            <translation>Pas encore appliqué</translation>
        </message>
        <message>
            <source>Not measured yet.</source>
            <translation>Pas encore mesuré.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Rien</translation>
        </message>
        <message numerus="yes">
            <source>Nothing would change: all {0} faces stay where they are.</source>
            <translation>
                <numerusform>Rien ne changerait : {0} visage reste à sa place.</numerusform>
                <numerusform>Rien ne changerait : les {0} visages restent à leur place.</numerusform>
            </translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Notifications</translation>
        </message>
        <message>
            <source>Now and then while there are many, and shortly after the last one.</source>
            <translation>De temps à autre tant qu’il y en a beaucoup, et peu après la dernière.</translation>
        </message>
        <message>
            <source>Now: at full speed, one photo at a time.</source>
            <translation>En ce moment : à pleine vitesse, une photo à la fois.</translation>
        </message>
        <message>
            <source>Now: at full speed, {0} photos at a time.</source>
            <translation>En ce moment : à pleine vitesse, {0} photos à la fois.</translation>
        </message>
        <message>
            <source>Now: gently, one photo at a time.</source>
            <translation>En ce moment : en douceur, une photo à la fois.</translation>
        </message>
        <message>
            <source>Of a stranger’s face of at least this quality one photo is enough. From 0 to 1.</source>
            <translation>D’une personne inconnue dont le visage a au moins cette qualité, une photo suffit. De 0 à 1.</translation>
        </message>
        <message>
            <source>Of the window; the command line speaks English.</source>
            <translation>Celle de la fenêtre ; la ligne de commande parle anglais.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Désactivé</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Activé</translation>
        </message>
        <message>
            <source>On the desktop</source>
            <translation>Sur le bureau</translation>
        </message>
        <message>
            <source>One on every core</source>
            <translation>Une sur chaque cœur</translation>
        </message>
        <message>
            <source>One photo at a time on one core, after everything else on the computer.</source>
            <translation>Une photo à la fois sur un cœur, après tout le reste sur l’ordinateur.</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>La même personne inconnue ne déclenche pas de seconde alerte avant ce délai.</translation>
        </message>
        <message>
            <source>Only clear faces make a person: larger than this…</source>
            <translation>Seuls les visages nets forment une personne : plus grands que cela…</translation>
        </message>
        <message>
            <source>Only downloads of models that you ask for use a network.</source>
            <translation>Seuls les téléchargements de modèles que vous demandez utilisent le réseau.</translation>
        </message>
        <message>
            <source>Only its own</source>
            <translation>Seulement la sienne</translation>
        </message>
        <message>
            <source>People with a card</source>
            <translation>Personnes avec une carte</translation>
        </message>
        <message>
            <source>Photos at a time, at full speed</source>
            <translation>Photos à la fois, à pleine vitesse</translation>
        </message>
        <message>
            <source>Photos in the cloud</source>
            <translation>Photos dans le cloud</translation>
        </message>
        <message>
            <source>Photos of a stranger</source>
            <translation>Photos d’une personne inconnue</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>Les photos d’une personne inconnue comptent ensemble dans ce délai.</translation>
        </message>
        <message>
            <source>Photos that make a person</source>
            <translation>Photos pour former une personne</translation>
        </message>
        <message>
            <source>Proxy for downloads</source>
            <translation>Proxy pour les téléchargements</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>Regroupement des visages</translation>
        </message>
        <message>
            <source>Putting faces together makes people of them.</source>
            <translation>Le regroupement fait des visages des personnes.</translation>
        </message>
        <message>
            <source>Qualcomm’s neural processor (QNN)</source>
            <translation>Processeur neuronal de Qualcomm (QNN)</translation>
        </message>
        <message>
            <source>Quality at which one photo is enough</source>
            <translation>Qualité à laquelle une photo suffit</translation>
        </message>
        <message>
            <source>Quality of a clear face</source>
            <translation>Qualité d’un visage net</translation>
        </message>
        <message>
            <source>Quality of a stranger’s face</source>
            <translation>Qualité du visage d’une personne inconnue</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Tout réinitialiser</translation>
        </message>
        <message>
            <source>Reset to default</source>
            <translation>Réinitialiser</translation>
        </message>
        <message>
            <source>Room for small pictures</source>
            <translation>Place pour les petites images</translation>
        </message>
        <message>
            <source>Run a command</source>
            <translation>Exécuter une commande</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Enregistré.</translation>
        </message>
        <message>
            <source>Search settings</source>
            <translation>Rechercher un paramètre</translation>
        </message>
        <message>
            <source>Set what was tried out</source>
            <translation>Applique ce qui a été essayé</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Paramètres</translation>
        </message>
        <message>
            <source>Settings of “{0}”</source>
            <translation>Paramètres de « {0} »</translation>
        </message>
        <message>
            <source>Size of a clear face</source>
            <translation>Taille d’un visage net</translation>
        </message>
        <message>
            <source>Size of a picture</source>
            <translation>Taille d’une image</translation>
        </message>
        <message>
            <source>Small pictures of faces</source>
            <translation>Petites images des visages</translation>
        </message>
        <message>
            <source>Small pictures of photos</source>
            <translation>Petites images des photos</translation>
        </message>
        <message>
            <source>Somebody unknown before the camera is told of at once.</source>
            <translation>Toute personne inconnue devant la caméra est aussitôt signalée.</translation>
        </message>
        <message>
            <source>Somebody who would be among those seen only a few times</source>
            <translation>Quelqu’un qui serait parmi les personnes vues seulement quelques fois</translation>
        </message>
        <message>
            <source>Somebody who would get a card</source>
            <translation>Quelqu’un qui obtiendrait une carte</translation>
        </message>
        <message>
            <source>Somebody without a name gets a card among the people once so many photos show a clear face of them.</source>
            <translation>Une personne sans nom obtient une carte parmi les personnes dès que ce nombre de photos montre nettement son visage.</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>Empiler les photos semblables</translation>
        </message>
        <message>
            <source>Strict</source>
            <translation>Stricts</translation>
        </message>
        <message>
            <source>Stricter</source>
            <translation>Plus strict</translation>
        </message>
        <message>
            <source>Stricter keeps people apart who look alike, and leaves more faces alone. Looser puts more faces together, and now and then two people.</source>
            <translation>Plus strict sépare les personnes qui se ressemblent et laisse davantage de visages seuls. Plus souple regroupe davantage de visages, et de temps à autre ceux de deux personnes.</translation>
        </message>
        <message>
            <source>Taken back.</source>
            <translation>Annulé.</translation>
        </message>
        <message>
            <source>The People page says how many faces wait, and has a button.</source>
            <translation>La page « Personnes » indique combien de visages attendent, et a un bouton.</translation>
        </message>
        <message>
            <source>The fastest. It is found out before the next photo is looked at.</source>
            <translation>Le plus rapide. C’est déterminé avant l’analyse de la prochaine photo.</translation>
        </message>
        <message>
            <source>The fastest: {0} on {1}.</source>
            <translation>Le plus rapide : {0} sur {1}.</translation>
        </message>
        <message>
            <source>The fastest: {0}.</source>
            <translation>Le plus rapide : {0}.</translation>
        </message>
        <message>
            <source>The folder that is offered when photos are exported.</source>
            <translation>Le dossier proposé lors de l’exportation de photos.</translation>
        </message>
        <message>
            <source>The models that find faces run on the processor or a graphics card.</source>
            <translation>Les modèles qui trouvent les visages fonctionnent sur le processeur ou une carte graphique.</translation>
        </message>
        <message>
            <source>The name of a model pack, or the folder in which it lies.</source>
            <translation>Le nom d’un pack de modèles, ou le dossier où il se trouve.</translation>
        </message>
        <message>
            <source>The page Visitors shows how many came, by hour and by day.</source>
            <translation>La page « Visiteurs » montre combien sont venus, par heure et par jour.</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>Le processeur</translation>
        </message>
        <message numerus="yes">
            <source>The {0} photos of that time are judged again, with whom the cameras know today.</source>
            <translation>
                <numerusform>{0} photo de cette période est jugée à nouveau, avec les personnes que la caméra connaît aujourd’hui.</numerusform>
                <numerusform>Les {0} photos de cette période sont jugées à nouveau, avec les personnes que les caméras connaissent aujourd’hui.</numerusform>
            </translation>
        </message>
        <message>
            <source>Their long side. Larger ones are sharper, and take more room.</source>
            <translation>Leur grand côté. Plus grandes, elles sont plus nettes et prennent plus de place.</translation>
        </message>
        <message>
            <source>Their side. Larger ones are sharper, and take more room.</source>
            <translation>Leur côté. Plus grandes, elles sont plus nettes et prennent plus de place.</translation>
        </message>
        <message>
            <source>There is no such folder.</source>
            <translation>Ce dossier n’existe pas.</translation>
        </message>
        <message numerus="yes">
            <source>They are in {0} photos, which stay. This cannot be undone.</source>
            <translation>
                <numerusform>Ils sont sur {0} photo, qui reste. Cette action est irréversible.</numerusform>
                <numerusform>Ils sont sur {0} photos, qui restent. Cette action est irréversible.</numerusform>
            </translation>
        </message>
        <message>
            <source>They come into the album once they are on this disk.</source>
            <translation>Elles entrent dans l’album dès qu’elles sont sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Those who have a name in these collections, and in its own. “all” means every album, “none” only its own.</source>
            <translation>Les personnes qui ont un nom dans ces collections et dans la sienne. « all » : tous les albums, « none » : seulement la sienne.</translation>
        </message>
        <message>
            <source>Time for a photo</source>
            <translation>Temps pour une photo</translation>
        </message>
        <message>
            <source>Time for a video</source>
            <translation>Temps pour une vidéo</translation>
        </message>
        <message>
            <source>Time for the command</source>
            <translation>Temps pour la commande</translation>
        </message>
        <message>
            <source>Time until the same stranger alerts again</source>
            <translation>Délai avant que la même personne inconnue redéclenche une alerte</translation>
        </message>
        <message>
            <source>Try another word, or press Escape to see them all.</source>
            <translation>Essayez un autre mot, ou appuyez sur Échap pour tous les voir.</translation>
        </message>
        <message>
            <source>Two groups become one when their faces are alike by {0} on average, from 0 to 1. Measured for these models: {1}.</source>
            <translation>Deux groupes n’en font qu’un quand la ressemblance moyenne de leurs visages atteint {0}, de 0 à 1. Mesuré pour ces modèles : {1}.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Values that go together:</source>
            <translation>Valeurs qui vont ensemble :</translation>
        </message>
        <message numerus="yes">
            <source>Visits in {0} days</source>
            <translation>
                <numerusform>Visites en {0} jour</numerusform>
                <numerusform>Visites en {0} jours</numerusform>
            </translation>
        </message>
        <message>
            <source>Wait after the last photo</source>
            <translation>Attente après la dernière photo</translation>
        </message>
        <message>
            <source>What Kinfolk says while its window is not in front.</source>
            <translation>Ce que Kinfolk signale quand sa fenêtre n’est pas au premier plan.</translation>
        </message>
        <message>
            <source>What looks for faces</source>
            <translation>Ce qui recherche les visages</translation>
        </message>
        <message>
            <source>What matters</source>
            <translation>L’important</translation>
        </message>
        <message>
            <source>What this would change</source>
            <translation>Ce que cela changerait</translation>
        </message>
        <message>
            <source>When I ask for it</source>
            <translation>Quand je le demande</translation>
        </message>
        <message>
            <source>When new faces are put together</source>
            <translation>Quand les nouveaux visages sont regroupés</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>À la fermeture de la fenêtre</translation>
        </message>
        <message>
            <source>When there are more, the oldest go, and are made again if needed.</source>
            <translation>Quand il y en a plus, les plus anciennes partent, et sont recréées au besoin.</translation>
        </message>
        <message>
            <source>Where faces are put together at fixed times.</source>
            <translation>Quand les visages sont regroupés à heures fixes.</translation>
        </message>
        <message>
            <source>Where photos were exported last</source>
            <translation>Où les photos ont été exportées en dernier</translation>
        </message>
        <message>
            <source>Where this is switched on, photos are compared with one another first.</source>
            <translation>Là où c’est activé, les photos sont d’abord comparées entre elles.</translation>
        </message>
        <message>
            <source>While a collection has alerts on, and the desktop has a tray.</source>
            <translation>Tant qu’une collection a les alertes activées et que le bureau a une zone de notification.</translation>
        </message>
        <message>
            <source>Who is a person</source>
            <translation>Qui est une personne</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>Qui n’est pas vu pendant plus longtemps que cela revient pour une nouvelle visite.</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>Qui n’a toujours pas de nom tant de jours après que la photo a été trouvée est effacé définitivement, avec visage et caractéristiques ; 0 garde tout le monde.</translation>
        </message>
        <message>
            <source>Whose people are known</source>
            <translation>Les personnes connues</translation>
        </message>
        <message>
            <source>Within this time</source>
            <translation>Dans ce délai</translation>
        </message>
        <message>
            <source>Working it out</source>
            <translation>Calcul en cours</translation>
        </message>
        <message>
            <source>Working it out. Nothing is changed yet.</source>
            <translation>Calcul en cours. Rien n’est encore modifié.</translation>
        </message>
        <message>
            <source>a group without a name</source>
            <translation>un groupe sans nom</translation>
        </message>
        <message>
            <source>none</source>
            <translation>aucune</translation>
        </message>
        <message>
            <source>the processor</source>
            <translation>le processeur</translation>
        </message>
        <message>
            <source>{0} MB</source>
            <translation>{0} Mo</translation>
        </message>
        <message>
            <source>{0} come to a group, {1} are left with nobody, {2} go to another group.</source>
            <translation>Rejoignent un groupe : {0} ; ne sont plus avec personne : {1} ; changent de groupe : {2}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} days</source>
            <translation>
                <numerusform>{0} jour</numerusform>
                <numerusform>{0} jours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} frames</source>
            <translation>
                <numerusform>{0} image</numerusform>
                <numerusform>{0} images</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} is not possible.</source>
            <translation>{0} n’est pas possible.</translation>
        </message>
        <message numerus="yes">
            <source>{0} megapixels</source>
            <translation>
                <numerusform>{0} mégapixel</numerusform>
                <numerusform>{0} mégapixels</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} min</translation>
        </message>
        <message numerus="yes">
            <source>{0} people came in that time.</source>
            <translation>
                <numerusform>{0} personne est venue pendant cette période.</numerusform>
                <numerusform>{0} personnes sont venues pendant cette période.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name gain or lose faces; those that you confirmed stay.</source>
            <translation>
                <numerusform>{0} personne nommée gagne ou perd des visages ; ceux que vous avez confirmés restent.</numerusform>
                <numerusform>{0} personnes nommées gagnent ou perdent des visages ; ceux que vous avez confirmés restent.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} photo</numerusform>
                <numerusform>{0} photos</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} photos/s</source>
            <translation>{0} photos/s</translation>
        </message>
        <message numerus="yes">
            <source>{0} processes</source>
            <translation>
                <numerusform>{0} processus</numerusform>
                <numerusform>{0} processus</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} px</source>
            <translation>{0} px</translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} s</translation>
        </message>
        <message numerus="yes">
            <source>{0} settings found</source>
            <translation>
                <numerusform>{0} paramètre trouvé</numerusform>
                <numerusform>{0} paramètres trouvés</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps</source>
            <translation>
                <numerusform>{0} cran</numerusform>
                <numerusform>{0} crans</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps looser than measured</source>
            <translation>
                <numerusform>{0} cran plus souple que la mesure</numerusform>
                <numerusform>{0} crans plus souple que la mesure</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps stricter than measured</source>
            <translation>
                <numerusform>{0} cran plus strict que la mesure</numerusform>
                <numerusform>{0} crans plus strict que la mesure</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} {1}</source>
            <translation>{0} {1}</translation>
        </message>
        <message>
            <source>{0} · {1}</source>
            <translation>{0} · {1}</translation>
        </message>
        <message>
            <source>{0} → {1}</source>
            <translation>{0} → {1}</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0} : {1}</translation>
        </message>
        <message>
            <source>{0}°</source>
            <translation>{0}°</translation>
        </message>
        <message>
            <source>…and of a quality above this, from 0 to 1.</source>
            <translation>…et d’une qualité supérieure à cela, de 0 à 1.</translation>
        </message>
        <message>
            <source>…turned less than this in every direction…</source>
            <translation>…tournés de moins que cela dans chaque direction…</translation>
        </message>
    </context>
    <context>
        <name>shortcuts</name>
        <message>
            <source>Find a shortcut</source>
            <translation>Rechercher un raccourci</translation>
        </message>
        <message>
            <source>Find what to do, or a key</source>
            <translation>Rechercher une action ou une touche</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Raccourcis clavier</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Touches</translation>
        </message>
        <message>
            <source>No shortcut fits.</source>
            <translation>Aucun raccourci ne correspond.</translation>
        </message>
        <message>
            <source>One photo</source>
            <translation>Une photo</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Action</translation>
        </message>
    </context>
    <context>
        <name>sidebar</name>
        <message>
            <source>Add folder…</source>
            <translation>Ajouter un dossier…</translation>
        </message>
        <message>
            <source>FOLDERS</source>
            <translation>DOSSIERS</translation>
        </message>
        <message>
            <source>Find it…</source>
            <translation>Retrouver…</translation>
        </message>
        <message>
            <source>LIBRARY</source>
            <translation>BIBLIOTHÈQUE</translation>
        </message>
        <message>
            <source>Look for it again</source>
            <translation>Rechercher à nouveau</translation>
        </message>
        <message>
            <source>Look for new photos</source>
            <translation>Rechercher de nouvelles photos</translation>
        </message>
        <message>
            <source>Remove from Kinfolk (files stay)</source>
            <translation>Retirer de Kinfolk (les fichiers restent)</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Afficher dans le gestionnaire de fichiers</translation>
        </message>
        <message>
            <source>Where is “{0}” now?</source>
            <translation>Où est « {0} » maintenant ?</translation>
        </message>
        <message>
            <source>being looked through</source>
            <translation>en cours d’exploration</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>introuvable</translation>
        </message>
        <message>
            <source>on a disconnected drive</source>
            <translation>sur un disque déconnecté</translation>
        </message>
        <message>
            <source>watched</source>
            <translation>surveillé</translation>
        </message>
    </context>
    <context>
        <name>sidecars</name>
        <message>
            <source>All other names stand beside the photos already.</source>
            <translation>Tous les autres noms sont déjà à côté des photos.</translation>
        </message>
        <message>
            <source>Everyone’s names, beside all photos</source>
            <translation>Les noms de tous, à côté de toutes les photos</translation>
        </message>
        <message>
            <source>Everyone’s names, beside the photos found</source>
            <translation>Les noms de tous, à côté des photos trouvées</translation>
        </message>
        <message>
            <source>Faces with another name there</source>
            <translation>Visages avec un autre nom là-bas</translation>
        </message>
        <message>
            <source>Looking at sidecars</source>
            <translation>Analyse des fichiers annexes</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there…</source>
            <translation>Analyse des fichiers annexes existants…</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there… {0} of {1}</source>
            <translation>Analyse des fichiers annexes existants… {0} sur {1}</translation>
        </message>
        <message>
            <source>Name here</source>
            <translation>Nom ici</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>Nom là-bas</translation>
        </message>
        <message>
            <source>Names were written beside {0}.</source>
            <translation>Des noms ont été écrits à côté de {0}.</translation>
        </message>
        <message>
            <source>No sidecar had to be written.</source>
            <translation>Aucun fichier annexe n’avait à être écrit.</translation>
        </message>
        <message>
            <source>Only the name of {0}, beside the photos of {0}</source>
            <translation>Seulement le nom de {0}, à côté des photos de {0}</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Photo</translation>
        </message>
        <message>
            <source>Put the names known here in their place</source>
            <translation>Mettre à leur place les noms connus ici</translation>
        </message>
        <message>
            <source>Sidecars: {0}.</source>
            <translation>Fichiers annexes : {0}.</translation>
        </message>
        <message>
            <source>The names leave the library that way: whoever gets these files can read them.</source>
            <translation>Les noms quittent ainsi la bibliothèque : quiconque reçoit ces fichiers peut les lire.</translation>
        </message>
        <message>
            <source>The names stand beside {0} already: nothing is to be done.</source>
            <translation>Les noms sont déjà à côté de {0} : il n’y a rien à faire.</translation>
        </message>
        <message>
            <source>There is nobody with a name in these photos: nothing is to be done.</source>
            <translation>Personne n’a de nom dans ces photos : il n’y a rien à faire.</translation>
        </message>
        <message>
            <source>Who is where goes into small .xmp files beside your photos, where digiKam, Lightroom, Immich and many other programs find it.</source>
            <translation>Qui est où va dans de petits fichiers .xmp à côté de vos photos, où digiKam, Lightroom, Immich et bien d’autres programmes le trouvent.</translation>
        </message>
        <message>
            <source>Write names</source>
            <translation>Écrire les noms</translation>
        </message>
        <message>
            <source>Write names into sidecars?</source>
            <translation>Écrire les noms dans des fichiers annexes ?</translation>
        </message>
        <message>
            <source>Your photos are never changed, and what other programs wrote into such files stays.</source>
            <translation>Vos photos ne sont jamais modifiées, et ce que d’autres programmes ont écrit dans ces fichiers reste.</translation>
        </message>
        <message numerus="yes">
            <source>{0} are right as they are.</source>
            <translation>
                <numerusform>{0} est déjà correct.</numerusform>
                <numerusform>{0} sont déjà corrects.</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} cannot be reached now: a drive is not connected.</source>
            <translation>{0} inaccessibles en ce moment : un disque n’est pas connecté.</translation>
        </message>
        <message numerus="yes">
            <source>{0} changed</source>
            <translation>
                <numerusform>{0} modifié</numerusform>
                <numerusform>{0} modifiés</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} could not be done; the Activity page has the reasons.</source>
            <translation>Impossible pour {0} ; les raisons sont sur la page « Activité ».</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces have other names there, which stay:</source>
            <translation>
                <numerusform>{0} visage a un autre nom là-bas, qui reste :</numerusform>
                <numerusform>{0} visages ont d’autres noms là-bas, qui restent :</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} kept another name.</source>
            <translation>Autre nom conservé : {0}.</translation>
        </message>
        <message>
            <source>{0} left out: {1}</source>
            <translation>{0} laissées de côté : {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} new</source>
            <translation>
                <numerusform>{0} nouveau</numerusform>
                <numerusform>{0} nouveaux</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} removed, as nothing but old names is in them</source>
            <translation>
                <numerusform>{0} supprimé, car il ne contient que d’anciens noms</numerusform>
                <numerusform>{0} supprimés, car ils ne contiennent que d’anciens noms</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>skipped_files</name>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>Raison de l’omission</translation>
        </message>
        <message>
            <source>{0} for other reasons</source>
            <translation>{0} pour d’autres raisons</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0} : {1}</translation>
        </message>
    </context>
    <context>
        <name>top_bar</name>
        <message>
            <source>Order</source>
            <translation>Ordre</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>Taille des images</translation>
        </message>
    </context>
    <context>
        <name>tour</name>
        <message>
            <source>Activity tells how far it is and can pause it. History, below, takes back anything you said.</source>
            <translation>« Activité » dit où en est le travail et peut le mettre en pause. « Historique », en dessous, permet de retirer chacune de vos indications.</translation>
        </message>
        <message>
            <source>Ask for photos in words</source>
            <translation>Demandez des photos avec des mots</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Précédent</translation>
        </message>
        <message>
            <source>Click the line under a face and type who it is. Drag one card onto another when both are the same person.</source>
            <translation>Cliquez sur la ligne sous un visage et saisissez qui c’est. Faites glisser une carte sur une autre quand les deux sont la même personne.</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Drop a folder with photos here. People appear while Kinfolk looks at them, and you can begin to name them at once.</source>
            <translation>Déposez ici un dossier de photos. Les personnes apparaissent pendant que Kinfolk analyse les photos, et vous pouvez aussitôt commencer à les nommer.</translation>
        </message>
        <message>
            <source>End the tour</source>
            <translation>Terminer la visite</translation>
        </message>
        <message>
            <source>Everything has its page</source>
            <translation>Tout a sa page</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure</source>
            <translation>Kinfolk demande quand il n’est pas sûr</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Suivant</translation>
        </message>
        <message>
            <source>One card for each person</source>
            <translation>Une carte par personne</translation>
        </message>
        <message>
            <source>People shows who is in your photos, Photos shows all of them by month. The folders of your album stand below.</source>
            <translation>« Personnes » montre qui figure sur vos photos, « Photos » les montre toutes par mois. Les dossiers de votre album sont en dessous.</translation>
        </message>
        <message>
            <source>What Kinfolk is doing</source>
            <translation>Ce que fait Kinfolk</translation>
        </message>
        <message>
            <source>Yes or no is enough, and each answer makes the groups better.</source>
            <translation>Un oui ou un non suffit, et chaque réponse améliore les groupes.</translation>
        </message>
        <message>
            <source>Your people will be here</source>
            <translation>Vos personnes seront ici</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} sur {1}</translation>
        </message>
        <message>
            <source>“anna ben 2019” finds photos with Anna and Ben of that year.</source>
            <translation>« anna ben 2019 » trouve les photos avec Anna et Ben de cette année-là.</translation>
        </message>
    </context>
    <context>
        <name>tray</name>
        <message>
            <source>A collection has alerts on, so Kinfolk goes on without its window. Its icon in the tray opens the window again, and has Quit.</source>
            <translation>Une collection a les alertes activées ; Kinfolk continue donc sans sa fenêtre. Son icône dans la zone de notification rouvre la fenêtre, et permet de quitter.</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertes</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Continuer à surveiller</translation>
        </message>
        <message>
            <source>Kinfolk keeps watching for strangers</source>
            <translation>Kinfolk reste attentif aux personnes inconnues</translation>
        </message>
        <message>
            <source>Kinfolk: {0}</source>
            <translation>Kinfolk : {0}</translation>
        </message>
        <message>
            <source>Open Kinfolk</source>
            <translation>Ouvrir Kinfolk</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Mettre en pause</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>The settings can let closing the window end Kinfolk instead.</source>
            <translation>Dans les paramètres, vous pouvez choisir que Kinfolk se termine à la fermeture de la fenêtre.</translation>
        </message>
        <message numerus="yes">
            <source>{0} alerts not read</source>
            <translation>
                <numerusform>{0} alerte non lue</numerusform>
                <numerusform>{0} alertes non lues</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}+</source>
            <translation>{0}+</translation>
        </message>
    </context>
    <context>
        <name>viewer</name>
        <message>
            <source>A face that is alike</source>
            <translation>Un visage ressemblant</translation>
        </message>
        <message>
            <source>A stranger</source>
            <translation>Personne inconnue</translation>
        </message>
        <message>
            <source>Actual size</source>
            <translation>Taille réelle</translation>
        </message>
        <message>
            <source>At {0}</source>
            <translation>À {0}</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>By the camera</source>
            <translation>D’après l’appareil</translation>
        </message>
        <message>
            <source>By the file’s name</source>
            <translation>D’après le nom du fichier</translation>
        </message>
        <message>
            <source>By the file’s own time</source>
            <translation>D’après l’heure du fichier lui-même</translation>
        </message>
        <message>
            <source>By what a program wrote in the file or beside it</source>
            <translation>D’après ce qu’un programme a écrit dans le fichier ou à côté</translation>
        </message>
        <message>
            <source>Camera raw, {0}</source>
            <translation>RAW d’appareil photo, {0}</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>Comparaison…</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>Copies</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copier</translation>
        </message>
        <message>
            <source>Copy the coordinates</source>
            <translation>Copier les coordonnées</translation>
        </message>
        <message>
            <source>Download and show</source>
            <translation>Télécharger et afficher</translation>
        </message>
        <message>
            <source>Drag a frame round the face, or move it with the arrow keys and size it with Shift. Enter goes on, Esc leaves.</source>
            <translation>Tracez un cadre autour du visage, ou déplacez-le avec les flèches et redimensionnez-le avec Maj. Entrée continue, Échap quitte.</translation>
        </message>
        <message>
            <source>Draw a face…</source>
            <translation>Encadrer un visage…</translation>
        </message>
        <message>
            <source>Drawn by hand; not used to recognise others</source>
            <translation>Encadré à la main ; ne sert pas à en reconnaître d’autres</translation>
        </message>
        <message>
            <source>Duration {0}</source>
            <translation>Durée {0}</translation>
        </message>
        <message>
            <source>Enter saves; the name may stay empty.</source>
            <translation>Entrée enregistre ; le nom peut rester vide.</translation>
        </message>
        <message>
            <source>Everyone else here is a stranger</source>
            <translation>Toutes les autres personnes ici sont inconnues</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>Visage de {0}</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>Visage sans nom</translation>
        </message>
        <message>
            <source>Fair quality</source>
            <translation>Qualité moyenne</translation>
        </message>
        <message>
            <source>File date {0}</source>
            <translation>Date du fichier {0}</translation>
        </message>
        <message>
            <source>First photo</source>
            <translation>Première photo</translation>
        </message>
        <message>
            <source>Fit in the window</source>
            <translation>Ajuster à la fenêtre</translation>
        </message>
        <message>
            <source>Good quality</source>
            <translation>Bonne qualité</translation>
        </message>
        <message>
            <source>In the year of birth, {0}</source>
            <translation>Dans l’année de naissance, {0}</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>Informations</translation>
        </message>
        <message>
            <source>Kinfolk’s guess</source>
            <translation>Supposition de Kinfolk</translation>
        </message>
        <message>
            <source>Last photo</source>
            <translation>Dernière photo</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>Placer au-dessus</translation>
        </message>
        <message>
            <source>Moment of the video</source>
            <translation>Moment de la vidéo</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>Plus…</translation>
        </message>
        <message>
            <source>Moving</source>
            <translation>Animée</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>Noms</translation>
        </message>
        <message>
            <source>Names all {0} of this person.</source>
            <translation>Nomme les {0} de cette personne.</translation>
        </message>
        <message>
            <source>Names both photos of this person.</source>
            <translation>Nomme les deux photos de cette personne.</translation>
        </message>
        <message>
            <source>Next comes somebody without a name.</source>
            <translation>Ensuite vient quelqu’un sans nom.</translation>
        </message>
        <message>
            <source>Next comes {0}.</source>
            <translation>Ensuite vient {0}.</translation>
        </message>
        <message>
            <source>Next face</source>
            <translation>Visage suivant</translation>
        </message>
        <message>
            <source>Next moment with a face</source>
            <translation>Moment suivant avec un visage</translation>
        </message>
        <message>
            <source>Next photo</source>
            <translation>Photo suivante</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sans date</translation>
        </message>
        <message>
            <source>Nobody was found here</source>
            <translation>Personne n’a été trouvé ici</translation>
        </message>
        <message>
            <source>Nobody was found in this video</source>
            <translation>Personne n’a été trouvé dans cette vidéo</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>Pas un visage</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Pas cette personne</translation>
        </message>
        <message>
            <source>Not with anybody yet</source>
            <translation>Encore avec personne</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>Pas {0}</translation>
        </message>
        <message>
            <source>On top of the stack</source>
            <translation>Au-dessus de la pile</translation>
        </message>
        <message>
            <source>Only this face</source>
            <translation>Seulement ce visage</translation>
        </message>
        <message>
            <source>Other files with exactly the same picture</source>
            <translation>Autres fichiers avec exactement la même image</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Photo</translation>
        </message>
        <message>
            <source>Photo in full screen</source>
            <translation>Photo en plein écran</translation>
        </message>
        <message>
            <source>Photo {0} of {1} in this stack</source>
            <translation>Photo {0} sur {1} dans cette pile</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>Photos de cette pile</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Lieu</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Lire</translation>
        </message>
        <message>
            <source>Play the moving part</source>
            <translation>Lire la partie animée</translation>
        </message>
        <message>
            <source>Play with sound in your player</source>
            <translation>Lire avec le son dans votre lecteur</translation>
        </message>
        <message>
            <source>Poor quality</source>
            <translation>Mauvaise qualité</translation>
        </message>
        <message>
            <source>Previous face</source>
            <translation>Visage précédent</translation>
        </message>
        <message>
            <source>Previous moment with a face</source>
            <translation>Moment précédent avec un visage</translation>
        </message>
        <message>
            <source>Previous photo</source>
            <translation>Photo précédente</translation>
        </message>
        <message>
            <source>Quality {0} · sharpness {1}</source>
            <translation>Qualité {0} · netteté {1}</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Afficher toutes les photos de cette personne</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Afficher toutes les photos de {0}</translation>
        </message>
        <message>
            <source>Show on a map</source>
            <translation>Afficher sur une carte</translation>
        </message>
        <message>
            <source>Show {0} in file manager</source>
            <translation>Afficher {0} dans le gestionnaire de fichiers</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Quelqu’un d’autre…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Stop the moving part</source>
            <translation>Arrêter la partie animée</translation>
        </message>
        <message>
            <source>Stranger</source>
            <translation>Personne inconnue</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>Retirer de la pile</translation>
        </message>
        <message>
            <source>Taken {0}</source>
            <translation>Prise le {0}</translation>
        </message>
        <message>
            <source>That is too small for a face. Draw the frame a little larger.</source>
            <translation>C’est trop petit pour un visage. Tracez le cadre un peu plus grand.</translation>
        </message>
        <message>
            <source>The map opens in your browser, on openstreetmap.org: this place then leaves your computer.</source>
            <translation>La carte s’ouvre dans votre navigateur, sur openstreetmap.org : ce lieu quitte alors votre ordinateur.</translation>
        </message>
        <message>
            <source>The others keep no name.</source>
            <translation>Les autres restent sans nom.</translation>
        </message>
        <message>
            <source>There is nobody to compare this face with.</source>
            <translation>Il n’y a personne avec qui comparer ce visage.</translation>
        </message>
        <message>
            <source>Unknown kind</source>
            <translation>Type inconnu</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Utiliser comme couverture</translation>
        </message>
        <message>
            <source>Very good quality</source>
            <translation>Très bonne qualité</translation>
        </message>
        <message>
            <source>Who could this be?</source>
            <translation>Qui cela peut-il être ?</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Qui est-ce ?</translation>
        </message>
        <message>
            <source>Why is this face here?</source>
            <translation>Pourquoi ce visage est-il ici ?</translation>
        </message>
        <message>
            <source>You said so</source>
            <translation>Selon vous</translation>
        </message>
        <message>
            <source>You said so.</source>
            <translation>Vous l’avez indiqué.</translation>
        </message>
        <message>
            <source>You said: a stranger</source>
            <translation>Selon vous : une personne inconnue</translation>
        </message>
        <message>
            <source>Your player begins at the start: what you saw is at {0}.</source>
            <translation>Votre lecteur commence au début : ce que vous avez vu est à {0}.</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Zoom avant</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Zoom arrière</translation>
        </message>
        <message>
            <source>eyes closed</source>
            <translation>yeux fermés</translation>
        </message>
        <message>
            <source>facing the camera</source>
            <translation>face à l’appareil</translation>
        </message>
        <message>
            <source>female</source>
            <translation>femme</translation>
        </message>
        <message>
            <source>head tilted</source>
            <translation>tête inclinée</translation>
        </message>
        <message>
            <source>in profile to the {0}</source>
            <translation>de profil vers la {0}</translation>
        </message>
        <message>
            <source>left</source>
            <translation>gauche</translation>
        </message>
        <message>
            <source>looking down</source>
            <translation>regard vers le bas</translation>
        </message>
        <message>
            <source>looking up</source>
            <translation>regard vers le haut</translation>
        </message>
        <message>
            <source>looks about {0}</source>
            <translation>semble avoir environ {0} ans</translation>
        </message>
        <message>
            <source>male</source>
            <translation>homme</translation>
        </message>
        <message>
            <source>mouth open</source>
            <translation>bouche ouverte</translation>
        </message>
        <message>
            <source>right</source>
            <translation>droite</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>cette personne</translation>
        </message>
        <message>
            <source>turned to the {0}</source>
            <translation>tourné vers la {0}</translation>
        </message>
        <message>
            <source>{0} % sure that this is one person with these faces:</source>
            <translation>Sûr à {0} % que c’est une même personne avec ces visages :</translation>
        </message>
        <message>
            <source>{0} % sure that this is {1}, by these faces:</source>
            <translation>Sûr à {0} % que c’est {1}, d’après ces visages :</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} sur {1}</translation>
        </message>
        <message>
            <source>{0} or {1} years old here, born {2}</source>
            <translation>ici {0} ou {1} ans, naissance : {2}</translation>
        </message>
        <message>
            <source>{0} pixels</source>
            <translation>{0} pixels</translation>
        </message>
        <message>
            <source>{0} to {1}</source>
            <translation>{0} à {1}</translation>
        </message>
        <message>
            <source>{0} · {1} megapixels</source>
            <translation>{0} · {1} mégapixels</translation>
        </message>
        <message>
            <source>{0}, drawn by hand; not used to recognise others</source>
            <translation>{0}, encadré à la main ; ne sert pas à en reconnaître d’autres</translation>
        </message>
        <message>
            <source>{0}° E</source>
            <translation>{0}° E</translation>
        </message>
        <message>
            <source>{0}° N</source>
            <translation>{0}° N</translation>
        </message>
        <message>
            <source>{0}° S</source>
            <translation>{0}° S</translation>
        </message>
        <message>
            <source>{0}° W</source>
            <translation>{0}° O</translation>
        </message>
    </context>
    <context>
        <name>visitors</name>
        <message>
            <source>30 days</source>
            <translation>30 jours</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 jours</translation>
        </message>
        <message>
            <source>All days</source>
            <translation>Tous les jours</translation>
        </message>
        <message>
            <source>Been here before</source>
            <translation>Déjà venus</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Valeurs séparées par des virgules (*.csv)</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>Comptage…</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Plus tôt</translation>
        </message>
        <message>
            <source>Export CSV…</source>
            <translation>Exporter en CSV…</translation>
        </message>
        <message>
            <source>Export the numbers</source>
            <translation>Exporter les chiffres</translation>
        </message>
        <message>
            <source>Exported to {0}</source>
            <translation>Exporté vers {0}</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>Heure</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Plus tard</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Nouveaux</translation>
        </message>
        <message>
            <source>Nobody came</source>
            <translation>Personne n’est venu</translation>
        </message>
        <message>
            <source>Nobody came today</source>
            <translation>Personne n’est venu aujourd’hui</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>Returning</source>
            <translation>De retour</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd’hui</translation>
        </message>
        <message>
            <source>Unclear</source>
            <translation>Peu nets</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>Visiteurs</translation>
        </message>
        <message>
            <source>Visitors as a table</source>
            <translation>Visiteurs sous forme de tableau</translation>
        </message>
        <message>
            <source>Visitors by day</source>
            <translation>Visiteurs par jour</translation>
        </message>
        <message>
            <source>Visitors by hour</source>
            <translation>Visiteurs par heure</translation>
        </message>
        <message>
            <source>Visits</source>
            <translation>Visites</translation>
        </message>
        <message>
            <source>Who came</source>
            <translation>Qui est venu</translation>
        </message>
        <message>
            <source>Whom the camera of this counter sees is counted here.</source>
            <translation>Les personnes que voit la caméra de ce compteur sont comptées ici.</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d MMM</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>d MMM yyyy</translation>
        </message>
        <message>
            <source>different people</source>
            <translation>personnes différentes</translation>
        </message>
        <message>
            <source>new</source>
            <translation>nouveaux</translation>
        </message>
        <message>
            <source>returning</source>
            <translation>de retour</translation>
        </message>
        <message>
            <source>visitors</source>
            <translation>visiteurs</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>visites</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>{0} ne peut pas être écrit : {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} personne</numerusform>
                <numerusform>{0} personnes</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} too unclear to say who, and not counted</source>
            <translation>Pas assez nets pour dire qui c’est, et non comptés : {0}</translation>
        </message>
        <message>
            <source>{0}, {1} new, {2} returning</source>
            <translation>{0}, nouveaux : {1}, de retour : {2}</translation>
        </message>
    </context>
    <context>
        <name>welcome</name>
        <message>
            <source>Add a folder…</source>
            <translation>Ajouter un dossier…</translation>
        </message>
        <message>
            <source>Add “{0}”</source>
            <translation>Ajouter « {0} »</translation>
        </message>
        <message>
            <source>Drop a folder with photos here</source>
            <translation>Déposez ici un dossier de photos</translation>
        </message>
        <message>
            <source>Everything happens on this computer: nothing is sent anywhere.</source>
            <translation>Tout se passe sur cet ordinateur : rien n’est envoyé.</translation>
        </message>
        <message>
            <source>Kinfolk finds out who is in them, and shows you your photos by person.</source>
            <translation>Kinfolk trouve qui y figure et vous montre vos photos par personne.</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>Visite guidée</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Guide d’utilisation</translation>
        </message>
        <message>
            <source>What Kinfolk learns of faces is yours, to be erased at any time.</source>
            <translation>Ce que Kinfolk apprend des visages vous appartient et peut être effacé à tout moment.</translation>
        </message>
        <message>
            <source>Your photos are only read, and never changed or moved.</source>
            <translation>Vos photos sont seulement lues, jamais modifiées ni déplacées.</translation>
        </message>
        <message numerus="yes">
            <source>“{1}” holds about {0} photos.</source>
            <translation>
                <numerusform>« {1} » contient {0} photo.</numerusform>
                <numerusform>« {1} » contient environ {0} photos.</numerusform>
            </translation>
        </message>
        <message>
            <source>“{1}” holds more than {0} photos.</source>
            <translation>« {1} » contient plus de {0} photos.</translation>
        </message>
    </context>
    <context>
        <name>widgets</name>
        <message>
            <source>All face data was erased</source>
            <translation>Toutes les données de visages ont été effacées</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Drop to add to your album</source>
            <translation>Déposez pour ajouter à votre album</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.
Faces in new photos are found as ever.</source>
            <translation>Kinfolk ne recherchera plus de visages dans ces photos tant que vous ne le demanderez pas.
Les visages des nouvelles photos sont trouvés comme d’habitude.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Name of this person</source>
            <translation>Nom de cette personne</translation>
        </message>
        <message>
            <source>Names in use</source>
            <translation>Noms utilisés</translation>
        </message>
        <message>
            <source>New name “{0}”</source>
            <translation>Nouveau nom « {0} »</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Years</source>
            <translation>Années</translation>
        </message>
        <message>
            <source>{0}, {1}, collapsed</source>
            <translation>{0}, {1}, repliée</translation>
        </message>
    </context>
    <context>
        <name>words</name>
        <message>
            <source>MMMM yyyy</source>
            <translation>MMMM yyyy</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sans date</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd’hui</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Personne sans nom</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Hier</translation>
        </message>
        <message>
            <source>about a minute left</source>
            <translation>encore une minute environ</translation>
        </message>
        <message numerus="yes">
            <source>about {0} hours left</source>
            <translation>
                <numerusform>encore {0} heure environ</numerusform>
                <numerusform>encore {0} heures environ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about {0} minutes left</source>
            <translation>
                <numerusform>encore {0} minute environ</numerusform>
                <numerusform>encore {0} minutes environ</numerusform>
            </translation>
        </message>
        <message>
            <source>in the year of birth</source>
            <translation>dans l’année de naissance</translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>encore moins d’une minute</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces</source>
            <translation>
                <numerusform>{0} visage</numerusform>
                <numerusform>{0} visages</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files</source>
            <translation>
                <numerusform>{0} fichier</numerusform>
                <numerusform>{0} fichiers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} photo</numerusform>
                <numerusform>{0} photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} videos</source>
            <translation>
                <numerusform>{0} vidéo</numerusform>
                <numerusform>{0} vidéos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} years old</source>
            <translation>
                <numerusform>{0} an</numerusform>
                <numerusform>{0} ans</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}, {1}</translation>
        </message>
        <message>
            <source>{0}, {1} in stacks</source>
            <translation>{0}, {1} dans des piles</translation>
        </message>
    </context>
</TS>
