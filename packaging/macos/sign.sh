#!/bin/sh
# Signs dist/Kinfolk.app, has Apple notarise it, and puts it into a disk image. For macOS.
#
#   KINFOLK_CODESIGN_IDENTITY   whose signature: "Developer ID Application: NAME (TEAM)"; without
#                               one the bundle is signed for this computer alone, and not notarised
#   KINFOLK_NOTARY_PROFILE      under which `xcrun notarytool store-credentials` keeps who one is
set -eu

cd "$(dirname "$0")/../.."
app=dist/Kinfolk.app
identity=${KINFOLK_CODESIGN_IDENTITY:--}
profile=${KINFOLK_NOTARY_PROFILE:-}
entitlements=packaging/macos/entitlements.plist
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' app/__init__.py)
image=dist/Kinfolk-$version.dmg

[ -d "$app" ] || { echo "There is no $app: build it first." >&2; exit 1; }
set -- --force --options runtime --entitlements "$entitlements" --sign "$identity"
[ "$identity" = - ] || set -- --timestamp "$@"
# From within: what lies inside is signed before what holds it.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -exec codesign "$@" {} +
codesign "$@" "$app"
codesign --verify --deep --strict "$app"

rm -rf build/dmg "$image"
mkdir -p build/dmg
cp -R "$app" build/dmg/
ln -s /Applications build/dmg/Applications
hdiutil create -volname Kinfolk -srcfolder build/dmg -format UDZO -ov "$image"

if [ "$identity" = - ] || [ -z "$profile" ]; then
  echo "$image is not notarised: other computers will warn of it." >&2
  exit 0
fi
codesign --timestamp --sign "$identity" "$image"
xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
xcrun stapler staple "$image"
spctl --assess --type open --context context:primary-signature "$image"
