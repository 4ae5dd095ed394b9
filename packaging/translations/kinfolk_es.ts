<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>about</name>
        <message>
            <source>About Kinfolk</source>
            <translation>Acerca de Kinfolk</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Copied. There is no name and no path in it.</source>
            <translation>Copiado. No contiene ningún nombre ni ninguna ruta.</translation>
        </message>
        <message>
            <source>Copy details for a bug report</source>
            <translation>Copiar datos para un informe de error</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Detalles</translation>
        </message>
        <message>
            <source>Free software under the MIT licence.</source>
            <translation>Software libre con licencia MIT.</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Licencias</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>Un momento.</translation>
        </message>
        <message>
            <source>Other software</source>
            <translation>Otro software</translation>
        </message>
        <message>
            <source>Shows you your photos by person. Everything happens on this computer: nothing is sent anywhere, and your photos are never changed.</source>
            <translation>Te muestra tus fotos por personas. Todo ocurre en este equipo: no se envía nada y tus fotos nunca se modifican.</translation>
        </message>
        <message>
            <source>Version {0}</source>
            <translation>Versión {0}</translation>
        </message>
    </context>
    <context>
        <name>absence</name>
        <message>
            <source>In the cloud, from where its own program can fetch it.</source>
            <translation>En la nube; puede descargarlo el programa del servicio.</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>En la nube, no en este equipo.</translation>
        </message>
        <message>
            <source>Its drive or folder is not connected at the moment</source>
            <translation>Su unidad o carpeta no está conectada en este momento</translation>
        </message>
        <message>
            <source>On a disconnected drive.</source>
            <translation>En una unidad desconectada.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>El archivo ya no está ahí.</translation>
        </message>
        <message>
            <source>The folder is not there any more.</source>
            <translation>La carpeta ya no está ahí.</translation>
        </message>
        <message>
            <source>{0} This is a small copy.</source>
            <translation>{0} Esta es una copia pequeña.</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>About Kinfolk</source>
            <translation>Acerca de Kinfolk</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>Añadir carpeta…</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>Backups…</source>
            <translation>Copias de seguridad…</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>Eliminar…</translation>
        </message>
        <message>
            <source>Erase all face data…</source>
            <translation>Borrar todos los datos de caras…</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>Buscar personas</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Adelante</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Pantalla completa</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Atajos de teclado</translation>
        </message>
        <message>
            <source>Larger pictures</source>
            <translation>Imágenes más grandes</translation>
        </message>
        <message>
            <source>Look for faces again</source>
            <translation>Volver a buscar caras</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modelos…</translation>
        </message>
        <message>
            <source>Names from other programs…</source>
            <translation>Nombres de otros programas…</translation>
        </message>
        <message>
            <source>New collection…</source>
            <translation>Nueva colección…</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>Siguiente zona de la ventana</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>Zona anterior de la ventana</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Salir</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rehacer</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Cambiar nombre…</translation>
        </message>
        <message>
            <source>Settings of this collection…</source>
            <translation>Ajustes de esta colección…</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Ajustes…</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>Recorrido guiado</translation>
        </message>
        <message>
            <source>Skipped files…</source>
            <translation>Archivos omitidos…</translation>
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation>Imágenes más pequeñas</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>Apilar fotos parecidas</translation>
        </message>
        <message>
            <source>Switch collection…</source>
            <translation>Cambiar de colección…</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Guía de uso</translation>
        </message>
        <message>
            <source>Write names into sidecars…</source>
            <translation>Escribir nombres en archivos auxiliares…</translation>
        </message>
        <message>
            <source>{0} “{1}”</source>
            <translation>{0} «{1}»</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>, after {0}</source>
            <translation>, tras {0}</translation>
        </message>
        <message>
            <source>, {0} found</source>
            <translation>, con {0}</translation>
        </message>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>, {0} omitido</numerusform>
                <numerusform>, {0} omitidos</numerusform>
            </translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Actividad</translation>
        </message>
        <message>
            <source>Another Kinfolk has paused</source>
            <translation>Otro Kinfolk está en pausa</translation>
        </message>
        <message>
            <source>Another Kinfolk is downloading models</source>
            <translation>Otro Kinfolk está descargando modelos</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing face data</source>
            <translation>Otro Kinfolk está borrando datos de caras</translation>
        </message>
        <message>
            <source>Another Kinfolk is exporting photos</source>
            <translation>Otro Kinfolk está exportando fotos</translation>
        </message>
        <message>
            <source>Another Kinfolk is grouping all faces anew</source>
            <translation>Otro Kinfolk está agrupando de nuevo todas las caras</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos</source>
            <translation>Otro Kinfolk está analizando fotos</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos with another model pack</source>
            <translation>Otro Kinfolk está analizando fotos con otro paquete de modelos</translation>
        </message>
        <message>
            <source>Another Kinfolk is making a backup</source>
            <translation>Otro Kinfolk está haciendo una copia de seguridad</translation>
        </message>
        <message>
            <source>Another Kinfolk is putting faces together</source>
            <translation>Otro Kinfolk está agrupando caras</translation>
        </message>
        <message>
            <source>Another Kinfolk is repairing the library</source>
            <translation>Otro Kinfolk está reparando la biblioteca</translation>
        </message>
        <message>
            <source>Another Kinfolk is restoring a backup</source>
            <translation>Otro Kinfolk está restaurando una copia de seguridad</translation>
        </message>
        <message>
            <source>Another Kinfolk is taking in names</source>
            <translation>Otro Kinfolk está incorporando nombres</translation>
        </message>
        <message>
            <source>Another Kinfolk is writing names into sidecars</source>
            <translation>Otro Kinfolk está escribiendo nombres en archivos auxiliares</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelado</translation>
        </message>
        <message>
            <source>Downloaded the models {0}, {1}</source>
            <translation>Se descargaron los modelos {0}, {1}</translation>
        </message>
        <message>
            <source>Downloading models</source>
            <translation>Descarga de modelos</translation>
        </message>
        <message>
            <source>Erased all face data</source>
            <translation>Se borraron todos los datos de caras</translation>
        </message>
        <message>
            <source>Erased strangers</source>
            <translation>Se borraron personas desconocidas</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>Borrado de datos de caras</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>Exportación: {0}</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>Exportación de fotos</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Error</translation>
        </message>
        <message>
            <source>Files skipped by this task…</source>
            <translation>Archivos omitidos por esta tarea…</translation>
        </message>
        <message>
            <source>Forgot a person</source>
            <translation>Se olvidó a una persona</translation>
        </message>
        <message>
            <source>Going on where it stopped</source>
            <translation>Continuando donde se detuvo</translation>
        </message>
        <message>
            <source>Grouped all faces anew: {0}</source>
            <translation>Se agruparon de nuevo todas las caras: {0}</translation>
        </message>
        <message>
            <source>Grouped faces, none of them new: {0}</source>
            <translation>Se agruparon las caras, ninguna nueva: {0}</translation>
        </message>
        <message numerus="yes">
            <source>Grouped {0} new faces: {1}</source>
            <translation>
                <numerusform>Se agrupó {0} cara nueva: {1}</numerusform>
                <numerusform>Se agruparon {0} caras nuevas: {1}</numerusform>
            </translation>
        </message>
        <message>
            <source>Grouping all faces anew</source>
            <translation>Nueva agrupación de todas las caras</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>Interrumpido</translation>
        </message>
        <message>
            <source>It began at {0}.</source>
            <translation>Inicio: {0}.</translation>
        </message>
        <message>
            <source>Kinfolk did this by itself.</source>
            <translation>Kinfolk lo hizo por su cuenta.</translation>
        </message>
        <message>
            <source>Looked for photos: nothing was new</source>
            <translation>Se buscaron fotos: nada nuevo</translation>
        </message>
        <message>
            <source>Looked the library over: everything is in order</source>
            <translation>Se revisó la biblioteca: todo está en orden</translation>
        </message>
        <message numerus="yes">
            <source>Looked the library over: {0} problems, {1} mended</source>
            <translation>
                <numerusform>Se revisó la biblioteca: {0} problema, {1} reparados</numerusform>
                <numerusform>Se revisó la biblioteca: {0} problemas, {1} reparados</numerusform>
            </translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Análisis de fotos</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>Análisis de fotos con otro paquete de modelos</translation>
        </message>
        <message>
            <source>Made a backup, {0}</source>
            <translation>Se hizo una copia de seguridad, {0}</translation>
        </message>
        <message>
            <source>Made the daily backup, {0}</source>
            <translation>Se hizo la copia de seguridad diaria, {0}</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>Copia de seguridad</translation>
        </message>
        <message>
            <source>Nothing was finished in the last seven days</source>
            <translation>No se ha terminado nada en los últimos siete días</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Ahora</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pausa</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>Agrupación de caras</translation>
        </message>
        <message>
            <source>Repairing the library</source>
            <translation>Reparación de la biblioteca</translation>
        </message>
        <message>
            <source>Restored a backup with {0}</source>
            <translation>Se restauró una copia de seguridad con {0}</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>Restauración de una copia de seguridad</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reanudar</translation>
        </message>
        <message>
            <source>Searching for photos</source>
            <translation>Búsqueda de fotos</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Switched to the model pack {0}: {1}</source>
            <translation>Se cambió al paquete de modelos {0}: {1}</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>Incorporación de nombres</translation>
        </message>
        <message>
            <source>Took in names for {0}</source>
            <translation>Se incorporaron nombres para {0}</translation>
        </message>
        <message>
            <source>Waiting until another Kinfolk is done</source>
            <translation>Esperando a que termine otro Kinfolk</translation>
        </message>
        <message>
            <source>Went back to the model pack {0}: {1}</source>
            <translation>Se volvió al paquete de modelos {0}: {1}</translation>
        </message>
        <message>
            <source>What Kinfolk does with your photos and its library is listed here.</source>
            <translation>Aquí se muestra lo que Kinfolk hace con tus fotos y su biblioteca.</translation>
        </message>
        <message>
            <source>What was done in the last seven days, newest first</source>
            <translation>Lo que se hizo en los últimos siete días, lo más reciente primero</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>Escritura de nombres en archivos auxiliares</translation>
        </message>
        <message>
            <source>Wrote names beside {0}</source>
            <translation>Se escribieron nombres junto a {0}</translation>
        </message>
        <message>
            <source>You asked for this.</source>
            <translation>Lo pediste tú.</translation>
        </message>
        <message>
            <source>under 1 s</source>
            <translation>menos de 1 s</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
        <message>
            <source>{0} a minute</source>
            <translation>{0} por minuto</translation>
        </message>
        <message>
            <source>{0} a second</source>
            <translation>{0} por segundo</translation>
        </message>
        <message>
            <source>{0} failed</source>
            <translation>{0}: error</translation>
        </message>
        <message>
            <source>{0} failed: {1}</source>
            <translation>{0}: error. {1}</translation>
        </message>
        <message>
            <source>{0} h {1} min</source>
            <translation>{0} h {1} min</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>Análisis: {0}</translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} min</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} de {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups now</source>
            <translation>
                <numerusform>ahora {0} persona o grupo</numerusform>
                <numerusform>ahora {0} personas y grupos</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} s</translation>
        </message>
        <message numerus="yes">
            <source>{0} skipped</source>
            <translation>
                <numerusform>{0} omitido</numerusform>
                <numerusform>{0} omitidos</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} was cancelled</source>
            <translation>{0}: cancelado</translation>
        </message>
        <message>
            <source>{0} was interrupted</source>
            <translation>{0}: interrumpido</translation>
        </message>
    </context>
    <context>
        <name>activity_strip</name>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelado</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Detalles</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Listo</translation>
        </message>
        <message>
            <source>How far the work is</source>
            <translation>Progreso del trabajo</translation>
        </message>
        <message>
            <source>Looked at {0}</source>
            <translation>Análisis: {0}</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reanudar</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>El trabajo se detuvo</translation>
        </message>
        <message>
            <source>What Kinfolk does and did</source>
            <translation>Lo que Kinfolk hace y ha hecho</translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0} en la nube, no en este equipo</translation>
        </message>
        <message numerus="yes">
            <source>·  {0} skipped</source>
            <translation>
                <numerusform>·  {0} omitido</numerusform>
                <numerusform>·  {0} omitidos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>alerts</name>
        <message>
            <source>1.  Have your camera save its snapshots into a folder.
2.  Add that folder here.

Whom you have named in your albums is known; anybody else raises an alert. All of it stays on this computer.</source>
            <translation>1.  Haz que tu cámara guarde sus capturas en una carpeta.
2.  Añade esa carpeta aquí.

Kinfolk conoce a quienes has nombrado en tus álbumes; cualquier otra persona activa una alerta. Todo se queda en este equipo.</translation>
        </message>
        <message>
            <source>A stranger, seen {0}</source>
            <translation>Persona desconocida; apareció {0}</translation>
        </message>
        <message>
            <source>Add as…</source>
            <translation>Añadir como…</translation>
        </message>
        <message>
            <source>Add the camera's folder…</source>
            <translation>Añadir la carpeta de la cámara…</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertas</translation>
        </message>
        <message>
            <source>Ignore this person</source>
            <translation>Ignorar a esta persona</translation>
        </message>
        <message>
            <source>It is whom they resemble</source>
            <translation>Es la persona a quien se parece</translation>
        </message>
        <message>
            <source>It's {0}</source>
            <translation>Es {0}</translation>
        </message>
        <message>
            <source>Kinfolk looks at every photo that comes into the folders of this collection. Whom you have named in your albums is known; anybody else who is seen clearly shows here, and on the desktop.</source>
            <translation>Kinfolk analiza cada foto que llega a las carpetas de esta colección. Conoce a quienes has nombrado en tus álbumes; cualquier otra persona que se vea con claridad aparece aquí y en el escritorio.</translation>
        </message>
        <message>
            <source>Let Kinfolk watch the door</source>
            <translation>Deja que Kinfolk vigile la puerta</translation>
        </message>
        <message>
            <source>Most like {0}, but hardly (under 1 %)</source>
            <translation>Se parece sobre todo a {0}, pero apenas (menos del 1 %)</translation>
        </message>
        <message>
            <source>Most like {0}: {1} % sure</source>
            <translation>Se parece sobre todo a {0}: {1} % de seguridad</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Nueva</translation>
        </message>
        <message>
            <source>No stranger was seen</source>
            <translation>No se ha visto a nadie desconocido</translation>
        </message>
        <message>
            <source>Nobody you know was seen yet.</source>
            <translation>Aún no se ha visto a nadie que conozcas.</translation>
        </message>
        <message>
            <source>Seen of those you know</source>
            <translation>Personas conocidas que aparecieron</translation>
        </message>
        <message>
            <source>Show older ones</source>
            <translation>Mostrar anteriores</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Mostrar foto</translation>
        </message>
        <message>
            <source>Somebody you ignore, seen {0}</source>
            <translation>Alguien a quien ignoras; apareció {0}</translation>
        </message>
        <message>
            <source>Strangers who were seen</source>
            <translation>Personas desconocidas que aparecieron</translation>
        </message>
        <message>
            <source>The photos are not there any more</source>
            <translation>Las fotos ya no están</translation>
        </message>
        <message>
            <source>This is {0}, seen {1}</source>
            <translation>Es {0}; apareció {1}</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>¿Quién es?</translation>
        </message>
        <message>
            <source>Who was seen of those you know, newest first</source>
            <translation>Quiénes de tus conocidos aparecieron, lo más reciente primero</translation>
        </message>
        <message>
            <source>You know nobody by name yet</source>
            <translation>Aún no has nombrado a nadie</translation>
        </message>
        <message numerus="yes">
            <source>{0} times</source>
            <translation>
                <numerusform>{0} vez</numerusform>
                <numerusform>{0} veces</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, seen {1}: {2}</source>
            <translation>{0} apareció {1}: {2}</translation>
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
            <translation>Kinfolk se cerró en pleno trabajo. Continúa donde estaba.</translation>
        </message>
    </context>
    <context>
        <name>aside</name>
        <message>
            <source>Everything else is in the album. Nothing was changed in these files.</source>
            <translation>Todo lo demás está en el álbum. No se ha cambiado nada en estos archivos.</translation>
        </message>
        <message>
            <source>In the cloud ({0})</source>
            <translation>En la nube ({0})</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>En la nube, no en este equipo.</translation>
        </message>
        <message>
            <source>Looking at them would download them. Once your cloud drive has put them on this disk, they come into the album; the settings can let Kinfolk download them.</source>
            <translation>Analizarlos los descargaría. Cuando tu servicio en la nube los guarde en este equipo, entrarán en el álbum; en los ajustes puedes permitir que Kinfolk los descargue.</translation>
        </message>
        <message>
            <source>Not in full ({0})</source>
            <translation>No por completo ({0})</translation>
        </message>
        <message>
            <source>Skipped ({0})</source>
            <translation>Omitidos ({0})</translation>
        </message>
        <message>
            <source>They are in the album with all who are in them. Nothing was changed in the files.</source>
            <translation>Están en el álbum con todas las personas que aparecen. No se ha cambiado nada en los archivos.</translation>
        </message>
        <message>
            <source>What is not shown</source>
            <translation>Lo que no se muestra</translation>
        </message>
        <message>
            <source>Why it waits</source>
            <translation>Por qué espera</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>Por qué se omitió</translation>
        </message>
        <message numerus="yes">
            <source>{0} files shown, but not in full</source>
            <translation>
                <numerusform>{0} archivo visible, pero no por completo</numerusform>
                <numerusform>{0} archivos visibles, pero no por completo</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files skipped</source>
            <translation>
                <numerusform>{0} archivo omitido</numerusform>
                <numerusform>{0} archivos omitidos</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0} en la nube, no en este equipo</translation>
        </message>
    </context>
    <context>
        <name>backups</name>
        <message>
            <source>A backup is a copy of everything you said and of every face found, never of the photos themselves. Kinfolk makes one every day and keeps the newest fourteen.</source>
            <translation>Una copia de seguridad contiene todo lo que has indicado y todas las caras encontradas, nunca las propias fotos. Kinfolk hace una cada día y conserva las catorce más recientes.</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Todos los archivos (*)</translation>
        </message>
        <message>
            <source>At work</source>
            <translation>Trabajando</translation>
        </message>
        <message>
            <source>Back up into a folder…</source>
            <translation>Hacer copia en una carpeta…</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>Hacer copia ahora</translation>
        </message>
        <message>
            <source>Backed up into “{1}”: {0}.</source>
            <translation>Copia hecha en «{1}»: {0}.</translation>
        </message>
        <message>
            <source>Backed up: {0}.</source>
            <translation>Copia hecha: {0}.</translation>
        </message>
        <message>
            <source>Backing up…</source>
            <translation>Haciendo la copia…</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>Copias de seguridad</translation>
        </message>
        <message>
            <source>Backups of Kinfolk (*.db)</source>
            <translation>Copias de seguridad de Kinfolk (*.db)</translation>
        </message>
        <message>
            <source>Before a restore</source>
            <translation>Antes de restaurar</translation>
        </message>
        <message>
            <source>Before an update of Kinfolk</source>
            <translation>Antes de actualizar Kinfolk</translation>
        </message>
        <message>
            <source>By hand</source>
            <translation>A mano</translation>
        </message>
        <message>
            <source>Checking the backup…</source>
            <translation>Comprobando la copia…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Daily</source>
            <translation>Diaria</translation>
        </message>
        <message>
            <source>Everything you said and every face found will be as it was then: {0}. What was said since will not be there any more.

Before that, Kinfolk backs up the library as it is now. It will be in this list, and restoring it takes all of this back.

The photos themselves are not touched. Kinfolk closes its window and opens it again.</source>
            <translation>Todo lo que has indicado y todas las caras encontradas quedarán como entonces: {0}. Lo indicado desde entonces ya no estará.

Antes, Kinfolk hace una copia de la biblioteca tal como está ahora. Aparecerá en esta lista, y al restaurarla todo volverá a como está ahora.

Las fotos no se tocan. Kinfolk cierra su ventana y la vuelve a abrir.</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Named people</source>
            <translation>Con nombre</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Restaurar</translation>
        </message>
        <message>
            <source>Restore from a file…</source>
            <translation>Restaurar desde un archivo…</translation>
        </message>
        <message>
            <source>Restore this backup?</source>
            <translation>¿Restaurar esta copia?</translation>
        </message>
        <message>
            <source>Restore…</source>
            <translation>Restaurar…</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Tamaño</translation>
        </message>
        <message>
            <source>There is no backup yet.</source>
            <translation>Aún no hay ninguna copia de seguridad.</translation>
        </message>
        <message>
            <source>Where is the backup to go?</source>
            <translation>¿Dónde guardar la copia?</translation>
        </message>
        <message>
            <source>Which backup is to be restored?</source>
            <translation>¿Qué copia quieres restaurar?</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Motivo</translation>
        </message>
        <message numerus="yes">
            <source>{0} named people</source>
            <translation>
                <numerusform>{0} persona con nombre</numerusform>
                <numerusform>{0} personas con nombre</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>collections</name>
        <message>
            <source>A collection has photos, people and settings of its own.</source>
            <translation>Una colección tiene sus propias fotos, personas y ajustes.</translation>
        </message>
        <message>
            <source>Album</source>
            <translation>Álbum</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Cámara</translation>
        </message>
        <message>
            <source>Collection {0}</source>
            <translation>Colección {0}</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>Contador</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Crear</translation>
        </message>
        <message>
            <source>Delete collection</source>
            <translation>Eliminar colección</translation>
        </message>
        <message>
            <source>Delete the collection “{0}”?</source>
            <translation>¿Eliminar la colección «{0}»?</translation>
        </message>
        <message numerus="yes">
            <source>For {0} days Undo brings it all back. After that it is erased for good.</source>
            <translation>
                <numerusform>Durante {0} día, Deshacer lo recupera todo. Después se borra para siempre.</numerusform>
                <numerusform>Durante {0} días, Deshacer lo recupera todo. Después se borra para siempre.</numerusform>
            </translation>
        </message>
        <message>
            <source>Front door</source>
            <translation>Puerta de casa</translation>
        </message>
        <message>
            <source>Grandparents</source>
            <translation>Abuelos</translation>
        </message>
        <message>
            <source>How many different people came into a shop, by hour and by day.</source>
            <translation>Cuántas personas distintas entraron en una tienda, por hora y por día.</translation>
        </message>
        <message>
            <source>Its people, names, folders and all you said in it leave Kinfolk.</source>
            <translation>Sus personas, nombres, carpetas y todo lo que indicaste en ella desaparecen de Kinfolk.</translation>
        </message>
        <message>
            <source>Name of the collection</source>
            <translation>Nombre de la colección</translation>
        </message>
        <message>
            <source>New collection</source>
            <translation>Nueva colección</translation>
        </message>
        <message>
            <source>Opens the menu of collections</source>
            <translation>Abre el menú de colecciones</translation>
        </message>
        <message>
            <source>Photos of family and friends, by the people in them.</source>
            <translation>Fotos de familia y amigos, según quién aparece en ellas.</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Cambiar nombre</translation>
        </message>
        <message>
            <source>Rename collection</source>
            <translation>Cambiar el nombre de la colección</translation>
        </message>
        <message>
            <source>Shop</source>
            <translation>Tienda</translation>
        </message>
        <message>
            <source>Snapshots of a camera at the door: who came, and an alert for a stranger.</source>
            <translation>Capturas de una cámara en la puerta: quién vino, y una alerta si es alguien desconocido.</translation>
        </message>
        <message>
            <source>The collection that was here has been deleted.</source>
            <translation>La colección que estaba aquí se ha eliminado.</translation>
        </message>
        <message>
            <source>The photos stay on the disk, where and as they are.</source>
            <translation>Las fotos siguen en el disco, donde y como están.</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>Esa colección ya no existe.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>vacía</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} persona</numerusform>
                <numerusform>{0} personas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>deeds</name>
        <message>
            <source>Add again</source>
            <translation>Añadir de nuevo</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rehacer</translation>
        </message>
        <message>
            <source>“{0}” is not in the album any more. Its files are where they were.</source>
            <translation>«{0}» ya no está en el álbum. Sus archivos siguen donde estaban.</translation>
        </message>
    </context>
    <context>
        <name>details</name>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>Copiar como texto</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Copiar ruta</translation>
        </message>
        <message>
            <source>Every file could be looked at.</source>
            <translation>Se pudieron analizar todos los archivos.</translation>
        </message>
        <message>
            <source>Find a file or a reason</source>
            <translation>Buscar un archivo o un motivo</translation>
        </message>
        <message>
            <source>Find a skipped file</source>
            <translation>Buscar un archivo omitido</translation>
        </message>
        <message>
            <source>Kinfolk is looking at {0} now.</source>
            <translation>Kinfolk está analizando {0} ahora.</translation>
        </message>
        <message>
            <source>No file is skipped</source>
            <translation>No hay archivos omitidos</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un momento</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <source>Skipped files</source>
            <translation>Archivos omitidos</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Reintentar</translation>
        </message>
        <message>
            <source>Try all again</source>
            <translation>Reintentar todos</translation>
        </message>
        <message numerus="yes">
            <source>{0} files selected</source>
            <translation>
                <numerusform>{0} archivo seleccionado</numerusform>
                <numerusform>{0} archivos seleccionados</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>erase_dialog</name>
        <message>
            <source>Erase all face data</source>
            <translation>Borrar todos los datos de caras</translation>
        </message>
        <message>
            <source>Erase all face data?</source>
            <translation>¿Borrar todos los datos de caras?</translation>
        </message>
        <message>
            <source>Erasing…</source>
            <translation>Borrando…</translation>
        </message>
        <message>
            <source>I understand that this cannot be undone</source>
            <translation>Entiendo que esto no se puede deshacer</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.</source>
            <translation>Kinfolk no volverá a buscar caras en estas fotos hasta que lo pidas.</translation>
        </message>
        <message>
            <source>This goes, for good</source>
            <translation>Esto se borra para siempre</translation>
        </message>
        <message>
            <source>This stays</source>
            <translation>Esto se conserva</translation>
        </message>
        <message>
            <source>all backups made so far, as all of this is in them</source>
            <translation>todas las copias de seguridad hechas hasta ahora, pues contienen todo esto</translation>
        </message>
        <message>
            <source>every face found, with descriptions and small pictures</source>
            <translation>todas las caras encontradas, con descripciones e imágenes pequeñas</translation>
        </message>
        <message>
            <source>every name</source>
            <translation>todos los nombres</translation>
        </message>
        <message>
            <source>every person and group of alike faces</source>
            <translation>todas las personas y grupos de caras parecidas</translation>
        </message>
        <message>
            <source>everything you said of them</source>
            <translation>todo lo que indicaste sobre ellas</translation>
        </message>
        <message>
            <source>the list of photos and folders in Kinfolk</source>
            <translation>la lista de fotos y carpetas en Kinfolk</translation>
        </message>
        <message>
            <source>your photos: Kinfolk never changes their files</source>
            <translation>tus fotos: Kinfolk nunca modifica sus archivos</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces found, with descriptions and small pictures</source>
            <translation>
                <numerusform>{0} cara encontrada, con su descripción e imagen pequeña</numerusform>
                <numerusform>{0} caras encontradas, con descripciones e imágenes pequeñas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} nombre</numerusform>
                <numerusform>{0} nombres</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups of alike faces</source>
            <translation>
                <numerusform>{0} persona o grupo de caras parecidas</numerusform>
                <numerusform>{0} personas y grupos de caras parecidas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} things you said of them</source>
            <translation>
                <numerusform>{0} indicación tuya sobre ellas</numerusform>
                <numerusform>{0} indicaciones tuyas sobre ellas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>exporting</name>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>, {0} omitida</numerusform>
                <numerusform>, {0} omitidas</numerusform>
            </translation>
        </message>
        <message>
            <source>A contact sheet to print (PDF)</source>
            <translation>Una hoja de contactos para imprimir (PDF)</translation>
        </message>
        <message>
            <source>A folder for each month, such as 2019-06.</source>
            <translation>Una carpeta por mes, como 2019-06.</translation>
        </message>
        <message>
            <source>A folder for each year, such as 2019.</source>
            <translation>Una carpeta por año, como 2019.</translation>
        </message>
        <message>
            <source>A folder for everybody; a photo of two people is in both.</source>
            <translation>Una carpeta por persona; una foto de dos personas está en ambas.</translation>
        </message>
        <message>
            <source>A page with these photos that any browser shows, from a disk or a web server.</source>
            <translation>Una página con estas fotos que muestra cualquier navegador, desde un disco o un servidor web.</translation>
        </message>
        <message>
            <source>A web album</source>
            <translation>Un álbum web</translation>
        </message>
        <message>
            <source>All in one folder</source>
            <translation>Todas en una carpeta</translation>
        </message>
        <message>
            <source>All that is in the files goes along, also where they were taken.</source>
            <translation>Todo lo que contienen los archivos se conserva, también dónde se tomaron.</translation>
        </message>
        <message>
            <source>And also</source>
            <translation>Y además</translation>
        </message>
        <message>
            <source>By month</source>
            <translation>Por mes</translation>
        </message>
        <message>
            <source>By person</source>
            <translation>Por persona</translation>
        </message>
        <message>
            <source>By person and year</source>
            <translation>Por persona y año</translation>
        </message>
        <message>
            <source>By year</source>
            <translation>Por año</translation>
        </message>
        <message>
            <source>Choose a contact sheet or a web album, or let photos be copied.</source>
            <translation>Elige una hoja de contactos o un álbum web, o copia las fotos.</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>Elegir carpeta…</translation>
        </message>
        <message>
            <source>Copy them</source>
            <translation>Copiarlas</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>Contando…</translation>
        </message>
        <message>
            <source>Each person’s folder has their years in it.</source>
            <translation>La carpeta de cada persona contiene sus años.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>Export {0}</source>
            <translation>Exportar {0}</translation>
        </message>
        <message>
            <source>Export {0} of {1}</source>
            <translation>Exportar {0} de {1}</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>Exportación: {0}</translation>
        </message>
        <message>
            <source>Files of their own, to give away or to keep elsewhere.</source>
            <translation>Archivos propios, para regalar o guardar en otro lugar.</translation>
        </message>
        <message>
            <source>Files with the ending .xmp, and the short films of Live Photos.</source>
            <translation>Archivos con extensión .xmp y los vídeos cortos de las Live Photos.</translation>
        </message>
        <message>
            <source>Hard links</source>
            <translation>Enlaces duros</translation>
        </message>
        <message>
            <source>Into this folder</source>
            <translation>En esta carpeta</translation>
        </message>
        <message>
            <source>Links</source>
            <translation>Enlaces</translation>
        </message>
        <message>
            <source>No folders within; names that are alike are told apart.</source>
            <translation>Sin subcarpetas; los nombres iguales se distinguen.</translation>
        </message>
        <message>
            <source>No photo files</source>
            <translation>Sin archivos de fotos</translation>
        </message>
        <message>
            <source>None of these photos can be read now.</source>
            <translation>Ahora no se puede leer ninguna de estas fotos.</translation>
        </message>
        <message>
            <source>One more name for the same file: no room is taken, but who edits one edits both.</source>
            <translation>Otro nombre para el mismo archivo: no ocupa espacio, pero quien edita uno edita ambos.</translation>
        </message>
        <message>
            <source>Only the contact sheet or the web album.</source>
            <translation>Solo la hoja de contactos o el álbum web.</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Abrir carpeta</translation>
        </message>
        <message>
            <source>Pages with small pictures of all photos, by year and month.</source>
            <translation>Páginas con imágenes pequeñas de todas las fotos, por año y mes.</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Small files that lead to your photos, as long as these stay where they are.</source>
            <translation>Archivos pequeños que llevan a tus fotos mientras sigan donde están.</translation>
        </message>
        <message>
            <source>Sorted into folders</source>
            <translation>Ordenadas en carpetas</translation>
        </message>
        <message>
            <source>The photos</source>
            <translation>Las fotos</translation>
        </message>
        <message>
            <source>The web album</source>
            <translation>El álbum web</translation>
        </message>
        <message>
            <source>There are no photos here to export.</source>
            <translation>Aquí no hay fotos que exportar.</translation>
        </message>
        <message>
            <source>This takes {0}, and only {1} are free there. Choose another folder.</source>
            <translation>Esto ocupa {0} y allí solo hay {1} libres. Elige otra carpeta.</translation>
        </message>
        <message>
            <source>What lies beside the photos: sidecars and moving parts</source>
            <translation>Lo que acompaña a las fotos: archivos auxiliares y partes en movimiento</translation>
        </message>
        <message>
            <source>Where are the photos to go?</source>
            <translation>¿Adónde van las fotos?</translation>
        </message>
        <message>
            <source>Where there could be no link, files were copied</source>
            <translation>Donde no era posible un enlace, se copiaron los archivos</translation>
        </message>
        <message>
            <source>With smaller photos</source>
            <translation>Con fotos más pequeñas</translation>
        </message>
        <message>
            <source>With the original files</source>
            <translation>Con los archivos originales</translation>
        </message>
        <message>
            <source>Written anew, without place, camera and other hidden details.</source>
            <translation>Escritas de nuevo, sin lugar, cámara ni otros datos ocultos.</translation>
        </message>
        <message>
            <source>nothing to copy</source>
            <translation>nada que copiar</translation>
        </message>
        <message>
            <source>photos</source>
            <translation>fotos</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} y {1}</translation>
        </message>
        <message>
            <source>{0} and {1} more</source>
            <translation>{0} y {1} más</translation>
        </message>
        <message numerus="yes">
            <source>{0} cannot be read now</source>
            <translation>
                <numerusform>{0} no se puede leer ahora</numerusform>
                <numerusform>{0} no se pueden leer ahora</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} there already</source>
            <translation>{0} ya allí</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}.</translation>
        </message>
        <message>
            <source>{0}. {1} are free there.</source>
            <translation>{0}. Hay {1} libres allí.</translation>
        </message>
        <message>
            <source>{0}: all were there already</source>
            <translation>{0}: ya estaban todas allí</translation>
        </message>
    </context>
    <context>
        <name>folder_dialog</name>
        <message>
            <source>Add a folder with photos</source>
            <translation>Añadir una carpeta con fotos</translation>
        </message>
    </context>
    <context>
        <name>guide</name>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Adelante</translation>
        </message>
        <message>
            <source>Guide: {0}</source>
            <translation>Guía: {0}</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>How does this work?</source>
            <translation>¿Cómo funciona esto?</translation>
        </message>
        <message>
            <source>No page has these words.</source>
            <translation>Ninguna página contiene estas palabras.</translation>
        </message>
        <message>
            <source>Pages of the guide</source>
            <translation>Páginas de la guía</translation>
        </message>
        <message>
            <source>Search the guide</source>
            <translation>Buscar en la guía</translation>
        </message>
        <message>
            <source>What is this page for?</source>
            <translation>¿Para qué sirve esta página?</translation>
        </message>
        <message>
            <source>{0} · Guide</source>
            <translation>{0} · Guía</translation>
        </message>
    </context>
    <context>
        <name>history</name>
        <message>
            <source>Everything you said, newest first</source>
            <translation>Todo lo que has indicado, lo más reciente primero</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Historial</translation>
        </message>
        <message>
            <source>How far this is</source>
            <translation>Hasta dónde se ha llegado</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Ahora</translation>
        </message>
        <message>
            <source>Redo up to here</source>
            <translation>Rehacer hasta aquí</translation>
        </message>
        <message>
            <source>Saying again</source>
            <translation>Rehaciendo</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>Parar aquí</translation>
        </message>
        <message>
            <source>Taken back before something else was said.</source>
            <translation>Retirado antes de indicar otra cosa.</translation>
        </message>
        <message>
            <source>Taken back. Redo up to here brings back {0}.</source>
            <translation>Retirado. «Rehacer hasta aquí» recupera {0}.</translation>
        </message>
        <message>
            <source>Taking back</source>
            <translation>Retirando</translation>
        </message>
        <message>
            <source>The last thing you said.</source>
            <translation>Lo último que has indicado.</translation>
        </message>
        <message>
            <source>Undo from here on</source>
            <translation>Deshacer desde aquí</translation>
        </message>
        <message>
            <source>Undo what came after</source>
            <translation>Deshacer lo posterior</translation>
        </message>
        <message>
            <source>You have not said anything yet.
What you name, merge, move or hide is listed here, and can be taken back.</source>
            <translation>Aún no has indicado nada.
Lo que nombres, combines, muevas u ocultes aparecerá aquí y se podrá retirar.</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>retirado</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} de {1}</translation>
        </message>
        <message>
            <source>{0} said after this.</source>
            <translation>Después de esto: {0}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} things</source>
            <translation>
                <numerusform>{0} indicación</numerusform>
                <numerusform>{0} indicaciones</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>importing</name>
        <message>
            <source>All files (*)</source>
            <translation>Todos los archivos (*)</translation>
        </message>
        <message numerus="yes">
            <source>Also frame {0} faces that Kinfolk did not find</source>
            <translation>
                <numerusform>Enmarcar también {0} cara que Kinfolk no encontró</numerusform>
                <numerusform>Enmarcar también {0} caras que Kinfolk no encontró</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Also name {0} faces by a keyword of their photos: nobody else is in them</source>
            <translation>
                <numerusform>Nombrar también {0} cara según una palabra clave de su foto: no hay nadie más en ella</numerusform>
                <numerusform>Nombrar también {0} caras según una palabra clave de sus fotos: no hay nadie más en ellas</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Contacts of Picasa (*.xml)</source>
            <translation>Contactos de Picasa (*.xml)</translation>
        </message>
        <message>
            <source>Contacts of Picasa…</source>
            <translation>Contactos de Picasa…</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Caras</translation>
        </message>
        <message>
            <source>Found {0} on {1} in {2}, by {3}.</source>
            <translation>Resultado: {0}, {1} en {2}, por {3}.</translation>
        </message>
        <message>
            <source>Google Photos</source>
            <translation>Google Fotos</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>Aquí</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>En total</translation>
        </message>
        <message>
            <source>Kinfolk reads the names that Picasa, Lightroom, digiKam, Windows and others wrote into your photos or beside them. Nothing is changed before you say so, and one Undo takes it all back.</source>
            <translation>Kinfolk lee los nombres que Picasa, Lightroom, digiKam, Windows y otros escribieron en tus fotos o junto a ellas. Nada cambia hasta que lo digas, y un solo Deshacer lo retira todo.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>Nombre allí</translation>
        </message>
        <message>
            <source>Named otherwise</source>
            <translation>Con otro nombre</translation>
        </message>
        <message>
            <source>Named there</source>
            <translation>Nombre allí</translation>
        </message>
        <message>
            <source>Names from other programs</source>
            <translation>Nombres de otros programas</translation>
        </message>
        <message>
            <source>Neither Picasa's files nor the photos and their sidecars name anybody. Picasa writes names beside the photos as soon as a face is named.</source>
            <translation>Ni los archivos de Picasa ni las fotos y sus archivos auxiliares nombran a nadie. Picasa escribe los nombres junto a las fotos en cuanto se nombra una cara.</translation>
        </message>
        <message>
            <source>No names found</source>
            <translation>No se encontraron nombres</translation>
        </message>
        <message>
            <source>Nobody new: what {0} says of {1} is so here already, or differs.</source>
            <translation>Nadie nuevo: lo que indica {0} sobre {1} ya está así aquí, o es distinto.</translation>
        </message>
        <message>
            <source>People found</source>
            <translation>Personas encontradas</translation>
        </message>
        <message>
            <source>Picasa</source>
            <translation>Picasa</translation>
        </message>
        <message>
            <source>Picasa has names for people in these photos.</source>
            <translation>Picasa tiene nombres para personas de estas fotos.</translation>
        </message>
        <message>
            <source>Picasa named people in these photos, but wrote beside them no name.</source>
            <translation>Picasa nombró a personas en estas fotos, pero no escribió ningún nombre junto a ellas.</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lectura</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Leyendo…</translation>
        </message>
        <message>
            <source>Reading… {0} of {1}</source>
            <translation>Leyendo… {0} de {1}</translation>
        </message>
        <message>
            <source>Show names</source>
            <translation>Mostrar nombres</translation>
        </message>
        <message>
            <source>Take in names</source>
            <translation>Incorporar nombres</translation>
        </message>
        <message>
            <source>Take in {0} on {1}</source>
            <translation>Incorporar {0} en {1}</translation>
        </message>
        <message>
            <source>Taking in names…</source>
            <translation>Incorporando nombres…</translation>
        </message>
        <message>
            <source>Where is Picasa’s contacts.xml?</source>
            <translation>¿Dónde está el contacts.xml de Picasa?</translation>
        </message>
        <message>
            <source>Windows Photo Gallery</source>
            <translation>Galería fotográfica de Windows</translation>
        </message>
        <message>
            <source>digiKam</source>
            <translation>digiKam</translation>
        </message>
        <message>
            <source>face regions in the photos</source>
            <translation>zonas de caras en las fotos</translation>
        </message>
        <message>
            <source>has another name in another program</source>
            <translation>tiene otro nombre en otro programa</translation>
        </message>
        <message>
            <source>is nobody you know, as you said</source>
            <translation>no es nadie que conozcas, según indicaste</translation>
        </message>
        <message>
            <source>is not a face, as you said</source>
            <translation>no es una cara, según indicaste</translation>
        </message>
        <message>
            <source>is not this person, as you said</source>
            <translation>no es esta persona, según indicaste</translation>
        </message>
        <message>
            <source>is one of several of that name in the photo</source>
            <translation>es una de varias con ese nombre en la foto</translation>
        </message>
        <message>
            <source>joins {0}</source>
            <translation>se une a {0}</translation>
        </message>
        <message>
            <source>keywords</source>
            <translation>palabras clave</translation>
        </message>
        <message>
            <source>new</source>
            <translation>nueva</translation>
        </message>
        <message>
            <source>{0} already so here.</source>
            <translation>{0} ya están así aquí.</translation>
        </message>
        <message>
            <source>{0} among the keywords of photos with several faces.</source>
            <translation>{0} entre las palabras clave de fotos con varias caras.</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} y {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces are named otherwise there. What holds here stays, unless you tick a line:</source>
            <translation>
                <numerusform>{0} cara tiene allí otro nombre. Lo que vale aquí se mantiene, salvo que la marques:</numerusform>
                <numerusform>{0} caras tienen allí otro nombre. Lo que vale aquí se mantiene, salvo que marques una línea:</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} more of the same groups</source>
            <translation>{0} más de los mismos grupos</translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} nombre</numerusform>
                <numerusform>{0} nombres</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} of Picasa’s whose names are in its contacts.xml.</source>
            <translation>{0} de Picasa cuyos nombres están en su contacts.xml.</translation>
        </message>
        <message>
            <source>{0} passed over, as somebody was forgotten there.</source>
            <translation>{0} sin incorporar, porque allí se olvidó a alguien.</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} persona</numerusform>
                <numerusform>{0} personas</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with names not in this album.</source>
            <translation>{0} con nombres, fuera de este álbum.</translation>
        </message>
        <message>
            <source>{0} with names not looked at yet.</source>
            <translation>{0} con nombres, aún sin analizar.</translation>
        </message>
        <message>
            <source>{0}, where no face was found</source>
            <translation>{0}, donde no se encontró ninguna cara</translation>
        </message>
    </context>
    <context>
        <name>main_window</name>
        <message>
            <source>F11 leads back out of the full screen.</source>
            <translation>F11 sale de la pantalla completa.</translation>
        </message>
    </context>
    <context>
        <name>mending</name>
        <message>
            <source>A new library was begun. Your photos are looked at again; folders that are missing have to be added.</source>
            <translation>Se ha empezado una biblioteca nueva. Tus fotos se analizan de nuevo; hay que volver a añadir las carpetas que falten.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Kinfolk cannot open its library: the file was damaged, as by a power cut or a failing disk. Your photos are not touched by this.</source>
            <translation>Kinfolk no puede abrir su biblioteca: el archivo está dañado, por ejemplo por un corte de luz o un disco averiado. Tus fotos no se ven afectadas.</translation>
        </message>
        <message>
            <source>Kinfolk cannot start</source>
            <translation>Kinfolk no puede iniciarse</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>Aceptar</translation>
        </message>
        <message>
            <source>Restore the newest backup</source>
            <translation>Restaurar la última copia</translation>
        </message>
        <message>
            <source>Restore what can be restored</source>
            <translation>Restaurar lo que se pueda</translation>
        </message>
        <message>
            <source>Restored the backup of {0}.</source>
            <translation>Se restauró la copia de seguridad del {0}.</translation>
        </message>
        <message>
            <source>Restored the library of {0}.</source>
            <translation>Se restauró la biblioteca del {0}.</translation>
        </message>
        <message>
            <source>The damaged file is kept: {0}</source>
            <translation>El archivo dañado se conserva: {0}</translation>
        </message>
        <message>
            <source>The file could be mended: everything is still there.</source>
            <translation>Se pudo reparar el archivo: todo sigue ahí.</translation>
        </message>
        <message>
            <source>The library could not be restored</source>
            <translation>No se pudo restaurar la biblioteca</translation>
        </message>
        <message>
            <source>The library is as it was. {0}</source>
            <translation>La biblioteca está como estaba. {0}</translation>
        </message>
        <message>
            <source>The library is being restored</source>
            <translation>Se está restaurando la biblioteca</translation>
        </message>
        <message>
            <source>The library is damaged</source>
            <translation>La biblioteca está dañada</translation>
        </message>
        <message>
            <source>The library is restored</source>
            <translation>La biblioteca está restaurada</translation>
        </message>
        <message>
            <source>The newest good backup is of {0}, and has {1} and {2}. Restoring it keeps the damaged file, and says again what you have said since.</source>
            <translation>La copia buena más reciente es del {0} y tiene {1} y {2}. Al restaurarla se conserva el archivo dañado y se repite lo que has indicado desde entonces.</translation>
        </message>
        <message numerus="yes">
            <source>The {0} things that you have said since were said again.</source>
            <translation>
                <numerusform>Se repitió la {0} indicación que hiciste desde entonces.</numerusform>
                <numerusform>Se repitieron las {0} indicaciones que hiciste desde entonces.</numerusform>
            </translation>
        </message>
        <message>
            <source>There is no good backup of it. Kinfolk can keep the damaged file, take over what can still be read of it, and look at your photos again; what you have said of people is said again.</source>
            <translation>No hay ninguna copia buena. Kinfolk puede conservar el archivo dañado, recuperar lo que aún se pueda leer y analizar tus fotos de nuevo; lo que indicaste sobre personas se repite.</translation>
        </message>
        <message>
            <source>What was there before is kept as a backup.</source>
            <translation>Lo que había antes se conserva como copia de seguridad.</translation>
        </message>
        <message>
            <source>What was there before was damaged, and is set aside.</source>
            <translation>Lo que había antes estaba dañado y se ha apartado.</translation>
        </message>
        <message>
            <source>{0} of them have no effect, because what they were about is not there any more.</source>
            <translation>{0} de ellas no tienen efecto, porque aquello a lo que se referían ya no está.</translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name</source>
            <translation>
                <numerusform>{0} persona con nombre</numerusform>
                <numerusform>{0} personas con nombre</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>menu_bar</name>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Editar</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Archivo</translation>
        </message>
        <message>
            <source>&amp;Go</source>
            <translation>&amp;Ir</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>A&amp;yuda</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ver</translation>
        </message>
        <message>
            <source>Collections</source>
            <translation>Colecciones</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Ordenar por</translation>
        </message>
    </context>
    <context>
        <name>models</name>
        <message numerus="yes">
            <source>About {0} photos a minute</source>
            <translation>
                <numerusform>Alrededor de {0} foto por minuto</numerusform>
                <numerusform>Unas {0} fotos por minuto</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About {0} photos a second</source>
            <translation>
                <numerusform>Alrededor de {0} foto por segundo</numerusform>
                <numerusform>Unas {0} fotos por segundo</numerusform>
            </translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Aceptar</translation>
        </message>
        <message>
            <source>Accept changed files…</source>
            <translation>Aceptar archivos modificados…</translation>
        </message>
        <message>
            <source>Accept the files of {0}?</source>
            <translation>¿Aceptar los archivos de {0}?</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Añadir</translation>
        </message>
        <message>
            <source>Add a file…</source>
            <translation>Añadir un archivo…</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>Añadir una carpeta…</translation>
        </message>
        <message>
            <source>Add these models as “{0}”?</source>
            <translation>¿Añadir estos modelos como «{0}»?</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>Añadiendo…</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Todos los archivos (*)</translation>
        </message>
        <message>
            <source>Archives (*.zip)</source>
            <translation>Archivos comprimidos (*.zip)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Checking and unpacking…</source>
            <translation>Comprobando y extrayendo…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Comes from {0}, {1}</source>
            <translation>Procede de {0}, {1}</translation>
        </message>
        <message>
            <source>Comes with Kinfolk: small and quick, and all of it is free to use.</source>
            <translation>Incluido en Kinfolk: pequeño y rápido, y todo él de uso libre.</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Descargar</translation>
        </message>
        <message>
            <source>Download again…</source>
            <translation>Descargar de nuevo…</translation>
        </message>
        <message>
            <source>Downloading: {0}</source>
            <translation>Descargando: {0}</translation>
        </message>
        <message>
            <source>Download…</source>
            <translation>Descargar…</translation>
        </message>
        <message>
            <source>For every use</source>
            <translation>Para cualquier uso</translation>
        </message>
        <message>
            <source>Go back to {0}</source>
            <translation>Volver a {0}</translation>
        </message>
        <message>
            <source>Go on downloading…</source>
            <translation>Continuar la descarga…</translation>
        </message>
        <message>
            <source>How far the download is</source>
            <translation>Progreso de la descarga</translation>
        </message>
        <message>
            <source>How far the switch is</source>
            <translation>Progreso del cambio</translation>
        </message>
        <message>
            <source>I have read this, and use the models
for non-commercial research only</source>
            <translation>He leído esto y uso los modelos
solo para investigación no comercial</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>En uso</translation>
        </message>
        <message>
            <source>It has to have the SHA-256 {0}.</source>
            <translation>Debe tener el SHA-256 {0}.</translation>
        </message>
        <message>
            <source>Its authors say what for</source>
            <translation>El uso lo deciden sus autores</translation>
        </message>
        <message>
            <source>Kinfolk does not know these models. Whether they are good, and what their licence allows, is for you to know.

Models: {0}</source>
            <translation>Kinfolk no conoce estos modelos. Si son buenos y qué permite su licencia es algo que debes saber tú.

Modelos: {0}</translation>
        </message>
        <message>
            <source>Large, and the most accurate of its family: for faces that are hard to recognise.</source>
            <translation>Grandes, y los más precisos de su familia: para caras difíciles de reconocer.</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licencia</translation>
        </message>
        <message>
            <source>Looking at the models…</source>
            <translation>Revisando los modelos…</translation>
        </message>
        <message>
            <source>Looking at what it holds…</source>
            <translation>Revisando el contenido…</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Medir</translation>
        </message>
        <message>
            <source>Measuring: Kinfolk looks at a drawn photo…</source>
            <translation>Midiendo: Kinfolk analiza una foto dibujada…</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Models find faces and tell people apart. The ones that come with Kinfolk do that without any others. Others come from their authors, over the internet, only when you ask for them here; read what they may be used for.</source>
            <translation>Los modelos encuentran caras y distinguen a las personas. Los que se incluyen en Kinfolk se bastan solos. Otros llegan de sus autores, por internet y solo cuando los pides aquí; lee para qué se pueden usar.</translation>
        </message>
        <message>
            <source>Models of your own.</source>
            <translation>Modelos propios.</translation>
        </message>
        <message>
            <source>Nobody has published its sum: the first download is trusted, and held to later.</source>
            <translation>Nadie ha publicado su suma de comprobación: se confía en la primera descarga, y las siguientes deben coincidir con ella.</translation>
        </message>
        <message>
            <source>Non-commercial research only</source>
            <translation>Solo investigación no comercial</translation>
        </message>
        <message>
            <source>Not on this computer</source>
            <translation>No está en este equipo</translation>
        </message>
        <message>
            <source>Published at {0}</source>
            <translation>Publicado en {0}</translation>
        </message>
        <message>
            <source>Quick, and less sure of people than buffalo_l; tells age and gender.</source>
            <translation>Rápidos, y menos seguros con las personas que buffalo_l; indican edad y sexo.</translation>
        </message>
        <message>
            <source>Recognises people as buffalo_l does, and looks for faces more quickly.</source>
            <translation>Reconocen a las personas como buffalo_l y buscan caras más rápido.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Remove {0}?</source>
            <translation>¿Eliminar {0}?</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Eliminar…</translation>
        </message>
        <message>
            <source>SHA-256 of the archive, to be compared: {0}</source>
            <translation>SHA-256 del archivo comprimido, para compararlo: {0}</translation>
        </message>
        <message>
            <source>Speed not measured yet</source>
            <translation>Velocidad aún sin medir</translation>
        </message>
        <message>
            <source>Switching to {0}: people are being put together.</source>
            <translation>Cambio a {0}: se está agrupando a las personas.</translation>
        </message>
        <message>
            <source>Switching to {0}: {1} of {2} photos looked at. Your album works with {3} until then.</source>
            <translation>Cambio a {0}: {1} de {2} fotos analizadas. Hasta entonces, tu álbum funciona con {3}.</translation>
        </message>
        <message>
            <source>The connection was lost; trying again in a moment. {0} came.</source>
            <translation>Se perdió la conexión; enseguida se intentará de nuevo. Recibido: {0}.</translation>
        </message>
        <message>
            <source>The files are not what they were. Accept them only if you changed them yourself: models of somebody else see what somebody else wants.</source>
            <translation>Los archivos ya no son los que eran. Acéptalos solo si los cambiaste tú: los modelos de otra persona ven lo que quiere otra persona.</translation>
        </message>
        <message>
            <source>The largest, and the slowest: trained on more people than the others.</source>
            <translation>Los más grandes y los más lentos: entrenados con más personas que los demás.</translation>
        </message>
        <message>
            <source>The licence of {0}</source>
            <translation>Licencia de {0}</translation>
        </message>
        <message>
            <source>The models are deleted from this computer. Your photos, your people and everything you said stay as they are.</source>
            <translation>Los modelos se eliminan de este equipo. Tus fotos, tus personas y todo lo que has indicado quedan como están.</translation>
        </message>
        <message>
            <source>The models {0} are here, and are what they have to be.</source>
            <translation>Los modelos {0} ya están aquí, y son los que deben ser.</translation>
        </message>
        <message>
            <source>The models {0} are here.</source>
            <translation>Los modelos {0} ya están aquí.</translation>
        </message>
        <message>
            <source>The smallest of its family: as buffalo_s, without age and gender.</source>
            <translation>Los más pequeños de su familia: como buffalo_s, sin edad ni sexo.</translation>
        </message>
        <message>
            <source>The switch to {0} was stopped: {1} of {2} photos looked at, and kept for a while.</source>
            <translation>Se detuvo el cambio a {0}: {1} de {2} fotos vistas, y se conservan un tiempo.</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Usar</translation>
        </message>
        <message>
            <source>Which archive holds the models?</source>
            <translation>¿Qué archivo comprimido contiene los modelos?</translation>
        </message>
        <message>
            <source>Which folder holds the models?</source>
            <translation>¿Qué carpeta contiene los modelos?</translation>
        </message>
        <message>
            <source>Your album works with {0}. Until {1} you can go back to {2} at once.</source>
            <translation>Tu álbum funciona con {0}. Puedes volver a {2} al instante (hasta: {1}).</translation>
        </message>
        <message>
            <source>Your album works with {0}. You can go back to {1} at once.</source>
            <translation>Tu álbum funciona con {0}. Puedes volver a {1} al instante.</translation>
        </message>
        <message>
            <source>as fast as {0}</source>
            <translation>tan rápido como {0}</translation>
        </message>
        <message>
            <source>takes {0} times as long as {1}</source>
            <translation>tarda {0} veces lo que {1}</translation>
        </message>
        <message>
            <source>{0} came before.</source>
            <translation>Ya descargado: {0}.</translation>
        </message>
        <message>
            <source>{0} ms for a photo, and {1} ms for each face in it, one photo at a time.</source>
            <translation>{0} ms por foto y {1} ms por cada cara que contenga, una foto cada vez.</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} de {1}</translation>
        </message>
        <message>
            <source>{0} times as fast as {1}</source>
            <translation>{0} veces la velocidad de {1}</translation>
        </message>
        <message>
            <source>{0} to download</source>
            <translation>Descarga: {0}</translation>
        </message>
    </context>
    <context>
        <name>notifying</name>
        <message>
            <source>Group now</source>
            <translation>Agrupar ahora</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait to be grouped.</source>
            <translation>
                <numerusform>{0} cara espera a ser agrupada.</numerusform>
                <numerusform>{0} caras esperan a ser agrupadas.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait, to be grouped at {1}.</source>
            <translation>
                <numerusform>{0} cara espera; se agrupará a las {1}.</numerusform>
                <numerusform>{0} caras esperan; se agruparán a las {1}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>pages</name>
        <message>
            <source>Activity</source>
            <translation>Actividad</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertas</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Ocultas</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Historial</translation>
        </message>
        <message>
            <source>One person</source>
            <translation>Una persona</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personas</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Sin nombre</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>Visitantes</translation>
        </message>
    </context>
    <context>
        <name>people</name>
        <message>
            <source>Birth year…</source>
            <translation>Año de nacimiento…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Choose a cover for {0}</source>
            <translation>Elige una portada para {0}</translation>
        </message>
        <message>
            <source>Choose cover…</source>
            <translation>Elegir portada…</translation>
        </message>
        <message>
            <source>Click to give a name</source>
            <translation>Haz clic para poner nombre</translation>
        </message>
        <message>
            <source>Click to rename</source>
            <translation>Haz clic para cambiar el nombre</translation>
        </message>
        <message>
            <source>Collapse section</source>
            <translation>Contraer sección</translation>
        </message>
        <message>
            <source>Does not work here</source>
            <translation>No trabaja aquí</translation>
        </message>
        <message>
            <source>Double-click to see all photos of {0}</source>
            <translation>Haz doble clic para ver todas las fotos de {0}</translation>
        </message>
        <message>
            <source>Escape shows everyone again.</source>
            <translation>Esc vuelve a mostrar a todos.</translation>
        </message>
        <message>
            <source>Expand section</source>
            <translation>Expandir sección</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>Exportar fotos…</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Olvidar</translation>
        </message>
        <message>
            <source>Forget this person…</source>
            <translation>Olvidar a esta persona…</translation>
        </message>
        <message>
            <source>Forget {0}?</source>
            <translation>¿Olvidar a {0}?</translation>
        </message>
        <message>
            <source>Give a name</source>
            <translation>Poner nombre</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>Grupos</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Ocultas</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ocultar</translation>
        </message>
        <message>
            <source>Kinfolk erases the name, the faces and everything that was said of this person, and does not learn them from these photos again. The photos themselves stay.</source>
            <translation>Kinfolk borra el nombre, las caras y todo lo indicado sobre esta persona, y no vuelve a aprenderla de estas fotos. Las fotos se quedan.</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Combinar</translation>
        </message>
        <message>
            <source>Merge into…</source>
            <translation>Combinar con…</translation>
        </message>
        <message>
            <source>Merge these people</source>
            <translation>Combinar a estas personas</translation>
        </message>
        <message>
            <source>Merge with {0}</source>
            <translation>Combinar con {0}</translation>
        </message>
        <message>
            <source>Merge {0} into whom?</source>
            <translation>¿Con quién combinar a {0}?</translation>
        </message>
        <message>
            <source>Merge {0} into {1}</source>
            <translation>Combinar {0} con {1}</translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people into whom?</source>
            <translation>
                <numerusform>¿Con quién combinar a {0} persona?</numerusform>
                <numerusform>¿Con quién combinar a {0} personas?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people, {1}, into {2}</source>
            <translation>
                <numerusform>Combinar a {0} persona, {1}, con {2}</numerusform>
                <numerusform>Combinar a {0} personas, {1}, con {2}</numerusform>
            </translation>
        </message>
        <message>
            <source>Most photos</source>
            <translation>Más fotos</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>Name them all…</source>
            <translation>Nombrar a todas…</translation>
        </message>
        <message>
            <source>Named</source>
            <translation>Con nombre</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”</source>
            <translation>Aquí nadie se llama «{0}»</translation>
        </message>
        <message>
            <source>Nobody is hidden</source>
            <translation>No hay nadie oculto</translation>
        </message>
        <message>
            <source>Not known</source>
            <translation>Desconocido</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personas</translation>
        </message>
        <message>
            <source>Recently changed</source>
            <translation>Últimos cambios</translation>
        </message>
        <message>
            <source>Recently seen</source>
            <translation>Vistas hace poco</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Cambiar nombre</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Seleccionar todo</translation>
        </message>
        <message>
            <source>Show again</source>
            <translation>Volver a mostrar</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Mostrar todas las fotos de esta persona</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Mostrar todas las fotos de {0}</translation>
        </message>
        <message>
            <source>Show photos with all of them</source>
            <translation>Mostrar fotos con todas ellas</translation>
        </message>
        <message>
            <source>Show photos with any of them</source>
            <translation>Mostrar fotos con alguna de ellas</translation>
        </message>
        <message>
            <source>Small groups</source>
            <translation>Grupos pequeños</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Otra persona…</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} go.</source>
            <translation>El nombre {0} se mantiene; {1} desaparecen.</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} goes.</source>
            <translation>El nombre {0} se mantiene; {1} desaparece.</translation>
        </message>
        <message>
            <source>The people in your photos</source>
            <translation>Las personas de tus fotos</translation>
        </message>
        <message>
            <source>These {0} are one person. Who is it?</source>
            <translation>Estas {0} son una sola persona. ¿Quién es?</translation>
        </message>
        <message>
            <source>They appear here as they are found. Then say who they are.</source>
            <translation>Aparecen aquí a medida que se encuentran. Después, di quiénes son.</translation>
        </message>
        <message>
            <source>They are different people</source>
            <translation>Son personas distintas</translation>
        </message>
        <message>
            <source>They will be called {0}.</source>
            <translation>Se llamarán {0}.</translation>
        </message>
        <message>
            <source>This is several people…</source>
            <translation>Aquí hay varias personas…</translation>
        </message>
        <message>
            <source>Undo lets the faces be found again, but it does not bring the name back.</source>
            <translation>Deshacer permite volver a encontrar las caras, pero no recupera el nombre.</translation>
        </message>
        <message>
            <source>When was {0} born?</source>
            <translation>¿Cuándo nació {0}?</translation>
        </message>
        <message>
            <source>Where the name was written into sidecars beside the photos, it stays until names are written again.</source>
            <translation>Si el nombre se escribió en archivos auxiliares junto a las fotos, se queda ahí hasta que se vuelvan a escribir los nombres.</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>¿Quién es?</translation>
        </message>
        <message>
            <source>Whom you hide is kept here, out of the way, and can be shown again.</source>
            <translation>Las personas que ocultes se guardan aquí, sin estorbar, y puedes volver a mostrarlas.</translation>
        </message>
        <message>
            <source>Works here</source>
            <translation>Trabaja aquí</translation>
        </message>
        <message>
            <source>Year of birth</source>
            <translation>Año de nacimiento</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>esta persona</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} y {1}</translation>
        </message>
        <message>
            <source>{0} is here already, but hidden: {1}.</source>
            <translation>{0} ya está aquí, pero oculta: {1}.</translation>
        </message>
        <message>
            <source>{0} is here already: {1}.</source>
            <translation>{0} ya está aquí: {1}.</translation>
        </message>
    </context>
    <context>
        <name>person</name>
        <message>
            <source>Choose the cover</source>
            <translation>Elegir la portada</translation>
        </message>
        <message>
            <source>Click to change the name</source>
            <translation>Haz clic para cambiar el nombre</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>Portada</translation>
        </message>
        <message>
            <source>Estimated from {0}. Most of them look this age; it may be wrong.</source>
            <translation>Estimado a partir de {0}. La mayoría aparenta esta edad; puede estar equivocado.</translation>
        </message>
        <message>
            <source>Estimated from {0}: {1} years on average, from {2} to {3}. Most of them look the ages in brackets; it may be wrong.</source>
            <translation>Estimado a partir de {0}: {1} años de media, de {2} a {3}. La mayoría aparenta las edades entre paréntesis; puede estar equivocado.</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Caras</translation>
        </message>
        <message>
            <source>Female</source>
            <translation>Mujer</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>¿Es {0}?</translation>
        </message>
        <message>
            <source>Looks about {0}</source>
            <translation>Aparenta unos {0} años</translation>
        </message>
        <message>
            <source>Looks about {0} ({1})</source>
            <translation>Aparenta unos {0} años ({1})</translation>
        </message>
        <message>
            <source>Looks {0}</source>
            <translation>Aparenta {0} años</translation>
        </message>
        <message>
            <source>Male</source>
            <translation>Hombre</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Más</translation>
        </message>
        <message>
            <source>More that can be done with this person</source>
            <translation>Más acciones para esta persona</translation>
        </message>
        <message>
            <source>No, not {0} (N)</source>
            <translation>No, no es {0} (N)</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>No es esta persona</translation>
        </message>
        <message>
            <source>Not {0} in these photos</source>
            <translation>No es {0} en estas fotos</translation>
        </message>
        <message>
            <source>Not {0} in this photo</source>
            <translation>No es {0} en esta foto</translation>
        </message>
        <message>
            <source>Open photo</source>
            <translation>Abrir foto</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Persona</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Photos with {0}: {1}</source>
            <translation>Fotos con {0}: {1}</translation>
        </message>
        <message>
            <source>Select the face for the cover and press C.</source>
            <translation>Selecciona la cara para la portada y pulsa C.</translation>
        </message>
        <message>
            <source>Select the faces that are somebody else's.</source>
            <translation>Selecciona las caras que son de otra persona.</translation>
        </message>
        <message>
            <source>Show all {0} in Review</source>
            <translation>Mostrar las {0} en Revisar</translation>
        </message>
        <message>
            <source>Show in Review</source>
            <translation>Mostrar en Revisar</translation>
        </message>
        <message>
            <source>Show photos together with…</source>
            <translation>Mostrar fotos junto a…</translation>
        </message>
        <message>
            <source>Show the {0} with {1}</source>
            <translation>Mostrar {0} con {1}</translation>
        </message>
        <message>
            <source>The rest</source>
            <translation>Las demás</translation>
        </message>
        <message>
            <source>These look different</source>
            <translation>Estas se ven distintas</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Usar como portada</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>¿Quién es?</translation>
        </message>
        <message>
            <source>Yes, {0} (Y)</source>
            <translation>Sí, {0} (Y)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>una persona sin nombre</translation>
        </message>
        <message>
            <source>born {0}</source>
            <translation>nacimiento: {0}</translation>
        </message>
        <message>
            <source>female</source>
            <translation>mujer</translation>
        </message>
        <message>
            <source>male</source>
            <translation>hombre</translation>
        </message>
        <message>
            <source>the same person</source>
            <translation>la misma persona</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>esta persona</translation>
        </message>
        <message>
            <source>with</source>
            <translation>con</translation>
        </message>
        <message>
            <source>works here</source>
            <translation>trabaja aquí</translation>
        </message>
        <message>
            <source>{0} (estimated)</source>
            <translation>{0} (estimado)</translation>
        </message>
        <message>
            <source>{0} more</source>
            <translation>{0} más</translation>
        </message>
        <message>
            <source>{0} more who are in the same photos</source>
            <translation>{0} más que están en las mismas fotos</translation>
        </message>
    </context>
    <context>
        <name>photos</name>
        <message>
            <source>A stranger</source>
            <translation>Persona desconocida</translation>
        </message>
        <message>
            <source>Alike faces stand together. Select some to say who they are.</source>
            <translation>Las caras parecidas están juntas. Selecciona algunas para decir quiénes son.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Close the stack</source>
            <translation>Cerrar la pila</translation>
        </message>
        <message>
            <source>Close the stack (Esc)</source>
            <translation>Cerrar la pila (Esc)</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copiado</translation>
        </message>
        <message>
            <source>Copy file</source>
            <translation>Copiar archivo</translation>
        </message>
        <message>
            <source>Copy image</source>
            <translation>Copiar imagen</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Copiar ruta</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>Exportar fotos…</translation>
        </message>
        <message>
            <source>Export {0}…</source>
            <translation>Exportar {0}…</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>Cara de {0}</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>Cara sin nombre</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Caras</translation>
        </message>
        <message>
            <source>Hard to recognise</source>
            <translation>Difíciles de reconocer</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>Poner arriba</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Más</translation>
        </message>
        <message>
            <source>More that can be said of the selected faces</source>
            <translation>Más que decir sobre las caras seleccionadas</translation>
        </message>
        <message>
            <source>Move to…</source>
            <translation>Mover a…</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sin fecha</translation>
        </message>
        <message>
            <source>No date; its file is of {0}</source>
            <translation>Sin fecha; su archivo es del {0}</translation>
        </message>
        <message numerus="yes">
            <source>None of these {0} photos is on this disk, so they cannot be dragged.</source>
            <translation>
                <numerusform>Esta foto no está en este equipo, así que no se puede arrastrar.</numerusform>
                <numerusform>Ninguna de estas {0} fotos está en este equipo, así que no se pueden arrastrar.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>No es una cara</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>No es esta persona</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>No es {0}</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Open with the default program</source>
            <translation>Abrir con el programa predeterminado</translation>
        </message>
        <message>
            <source>Photo of {0}</source>
            <translation>Foto del {0}</translation>
        </message>
        <message>
            <source>Photo without a date</source>
            <translation>Foto sin fecha</translation>
        </message>
        <message>
            <source>Photo without a date; its file is of {0}</source>
            <translation>Foto sin fecha; su archivo es del {0}</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>Fotos de esta pila</translation>
        </message>
        <message>
            <source>Photos of this stack</source>
            <translation>Fotos de esta pila</translation>
        </message>
        <message>
            <source>Select the whole group</source>
            <translation>Seleccionar todo el grupo</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Mostrar todas las fotos de esta persona</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Mostrar todas las fotos de {0}</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Mostrar foto</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Otra persona…</translation>
        </message>
        <message>
            <source>Stack these photos</source>
            <translation>Apilar estas fotos</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>Sacar de la pila</translation>
        </message>
        <message>
            <source>The camera wrote no date; the file is of {0}</source>
            <translation>La cámara no escribió la fecha; el archivo es del {0}</translation>
        </message>
        <message>
            <source>They are one person who gets a name later</source>
            <translation>Son una sola persona que recibirá un nombre más tarde</translation>
        </message>
        <message>
            <source>This is someone else…</source>
            <translation>Es otra persona…</translation>
        </message>
        <message>
            <source>Top</source>
            <translation>Arriba</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Sin nombre</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Usar como portada</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>¿Quién es?</translation>
        </message>
        <message>
            <source>Without a name</source>
            <translation>Sin nombre</translation>
        </message>
        <message>
            <source>Yes, it is this person</source>
            <translation>Sí, es esta persona</translation>
        </message>
        <message>
            <source>Yes, it is {0}</source>
            <translation>Sí, es {0}</translation>
        </message>
        <message>
            <source>in a video at {0}</source>
            <translation>en un vídeo en {0}</translation>
        </message>
        <message>
            <source>not sure</source>
            <translation>dudosa</translation>
        </message>
        <message>
            <source>video, {0}</source>
            <translation>vídeo, {0}</translation>
        </message>
        <message>
            <source>you said so</source>
            <translation>lo indicaste tú</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces selected</source>
            <translation>
                <numerusform>{0} cara seleccionada</numerusform>
                <numerusform>{0} caras seleccionadas</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in this stack</source>
            <translation>{0} en esta pila</translation>
        </message>
        <message numerus="yes">
            <source>{0} photos are not on this disk and are left out.</source>
            <translation>
                <numerusform>{0} foto no está en este equipo y se deja fuera.</numerusform>
                <numerusform>{0} fotos no están en este equipo y se dejan fuera.</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with this picture</source>
            <translation>{0} con esta imagen</translation>
        </message>
        <message>
            <source>{0} · age {1}</source>
            <translation>{0} · {1} años</translation>
        </message>
        <message>
            <source>{0}, on top of the stack</source>
            <translation>{0}, encima de la pila</translation>
        </message>
    </context>
    <context>
        <name>review</name>
        <message>
            <source>1 face in question</source>
            <translation>1 cara en cuestión</translation>
        </message>
        <message>
            <source>Almost certainly</source>
            <translation>Casi con certeza</translation>
        </message>
        <message>
            <source>Are all of these the same person?</source>
            <translation>¿Son todas estas la misma persona?</translation>
        </message>
        <message>
            <source>Are these the same person?</source>
            <translation>¿Son estas la misma persona?</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>¿Son {0} y {1} la misma persona?</translation>
        </message>
        <message>
            <source>Ask skipped ones again</source>
            <translation>Volver a preguntar las omitidas</translation>
        </message>
        <message>
            <source>C or Space shows the whole photo  ·  W tells why it is asked</source>
            <translation>C o Espacio muestra la foto entera  ·  W dice por qué se pregunta</translation>
        </message>
        <message>
            <source>Different people</source>
            <translation>Personas distintas</translation>
        </message>
        <message>
            <source>Do these belong with {0}?</source>
            <translation>¿Son estas de {0}?</translation>
        </message>
        <message>
            <source>Does this face belong with {0}?</source>
            <translation>¿Es de {0} esta cara?</translation>
        </message>
        <message>
            <source>Even the nearest face of {0} is not very much alike.</source>
            <translation>Ni la cara más cercana de {0} se parece mucho.</translation>
        </message>
        <message>
            <source>Face {0} of {1}</source>
            <translation>Cara {0} de {1}</translation>
        </message>
        <message>
            <source>Faces in question</source>
            <translation>Caras en cuestión</translation>
        </message>
        <message>
            <source>Faces they are held against</source>
            <translation>Caras con las que se comparan</translation>
        </message>
        <message>
            <source>How many of the questions are answered</source>
            <translation>Cuántas de las preguntas están respondidas</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>¿Es {0}?</translation>
        </message>
        <message>
            <source>It looks like someone else</source>
            <translation>Parece otra persona</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure who somebody is.</source>
            <translation>Kinfolk pregunta cuando no está seguro de quién es alguien.</translation>
        </message>
        <message>
            <source>Kinfolk asks you as soon as it has found people in your photos.</source>
            <translation>Kinfolk te preguntará en cuanto haya encontrado personas en tus fotos.</translation>
        </message>
        <message>
            <source>Look at the whole photo</source>
            <translation>Ver la foto entera</translation>
        </message>
        <message>
            <source>Looking for what to ask…</source>
            <translation>Buscando qué preguntar…</translation>
        </message>
        <message>
            <source>No</source>
            <translation>No</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sin fecha</translation>
        </message>
        <message>
            <source>No questions yet</source>
            <translation>Aún no hay preguntas</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>No es una cara</translation>
        </message>
        <message>
            <source>Not faces</source>
            <translation>No son caras</translation>
        </message>
        <message>
            <source>Not likely, but worth a look</source>
            <translation>Poco probable, pero merece un vistazo</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>No es {0}</translation>
        </message>
        <message>
            <source>Nothing to ask</source>
            <translation>Nada que preguntar</translation>
        </message>
        <message>
            <source>Of 100 questions like this one, about {0} are answered with yes.</source>
            <translation>De 100 preguntas como esta, unas {0} se responden con un sí.</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>Un momento.</translation>
        </message>
        <message>
            <source>Only about {0} in 100 faces like these belong where they are.</source>
            <translation>Solo unas {0} de cada 100 caras como estas están donde deben.</translation>
        </message>
        <message>
            <source>Or an unnamed person?</source>
            <translation>¿O una persona sin nombre?</translation>
        </message>
        <message>
            <source>Or {0}?</source>
            <translation>¿O {0}?</translation>
        </message>
        <message>
            <source>Perhaps</source>
            <translation>Quizás</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Pregunta</translation>
        </message>
        <message>
            <source>Quite likely</source>
            <translation>Bastante probable</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Show all photos</source>
            <translation>Mostrar todas las fotos</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Mostrar todas las fotos de {0}</translation>
        </message>
        <message>
            <source>Show people</source>
            <translation>Mostrar personas</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Mostrar foto</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Omitir</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Omitida</translation>
        </message>
        <message>
            <source>Someone else</source>
            <translation>Otra persona</translation>
        </message>
        <message>
            <source>Someone else: type a name</source>
            <translation>Otra persona: escribe un nombre</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Otra persona…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Retirar</translation>
        </message>
        <message>
            <source>That is all for now</source>
            <translation>Eso es todo por ahora</translation>
        </message>
        <message>
            <source>The nearest face of {0} is quite alike.</source>
            <translation>La cara más cercana de {0} se parece bastante.</translation>
        </message>
        <message>
            <source>The nearest face of {0} is very much alike.</source>
            <translation>La cara más cercana de {0} se parece mucho.</translation>
        </message>
        <message>
            <source>The next likely person</source>
            <translation>La siguiente persona probable</translation>
        </message>
        <message>
            <source>The other faces, {0} in all</source>
            <translation>Las demás caras, {0} en total</translation>
        </message>
        <message>
            <source>They look like someone else</source>
            <translation>Parecen otra persona</translation>
        </message>
        <message>
            <source>Unnamed faces</source>
            <translation>Caras sin nombre</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Persona sin nombre</translation>
        </message>
        <message>
            <source>Very likely</source>
            <translation>Muy probable</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>¿Por qué?</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Sí</translation>
        </message>
        <message>
            <source>You settled {0}. Kinfolk asks again when there is something new.</source>
            <translation>Resuelto: {0}. Kinfolk volverá a preguntar cuando haya algo nuevo.</translation>
        </message>
        <message numerus="yes">
            <source>about {0} faces</source>
            <translation>
                <numerusform>alrededor de {0} cara</numerusform>
                <numerusform>alrededor de {0} caras</numerusform>
            </translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>una persona sin nombre</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>esta persona</translation>
        </message>
        <message>
            <source>{0}  ·  Backspace takes it back</source>
            <translation>{0}  ·  Retroceso lo retira</translation>
        </message>
        <message>
            <source>{0} ({1} % sure)</source>
            <translation>{0} ({1} % de seguridad)</translation>
        </message>
        <message>
            <source>{0} ({1} %)</source>
            <translation>{0} ({1} %)</translation>
        </message>
        <message>
            <source>{0} in question</source>
            <translation>{0} en cuestión</translation>
        </message>
        <message>
            <source>{0} is more alike still.</source>
            <translation>Más aún se parece a {0}.</translation>
        </message>
        <message>
            <source>{0} is nearly as alike.</source>
            <translation>Casi igual se parece a {0}.</translation>
        </message>
        <message>
            <source>{0} is next, but clearly less alike.</source>
            <translation>Después se parece a {0}, pero claramente menos.</translation>
        </message>
        <message>
            <source>{0} of the nearest {1} you placed yourself.</source>
            <translation>{0} de las {1} más cercanas las colocaste tú.</translation>
        </message>
        <message>
            <source>{0} of {1}, ← and → show the others</source>
            <translation>{0} de {1}, ← y → muestran las demás</translation>
        </message>
        <message numerus="yes">
            <source>{0} questions left</source>
            <translation>
                <numerusform>queda {0} pregunta</numerusform>
                <numerusform>quedan {0} preguntas</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, it settles 1 face</source>
            <translation>{0}, resuelve 1 cara</translation>
        </message>
        <message>
            <source>{0}, it settles {1}</source>
            <translation>{0}, resuelve {1}</translation>
        </message>
        <message>
            <source>{0}, they settle {1}</source>
            <translation>{0}, resuelven {1}</translation>
        </message>
        <message>
            <source>✓ The same person</source>
            <translation>✓ La misma persona</translation>
        </message>
    </context>
    <context>
        <name>sayings</name>
        <message>
            <source>, {0} found</source>
            <translation>, con {0}</translation>
        </message>
        <message>
            <source>--json needs a command; see `kinfolk --help`.</source>
            <translation>--json necesita una orden; consulta `kinfolk --help`.</translation>
        </message>
        <message>
            <source>1 face</source>
            <translation>1 cara</translation>
        </message>
        <message>
            <source>1 face and its embedding are</source>
            <translation>Se ha borrado 1 cara y sus rasgos</translation>
        </message>
        <message>
            <source>1 face is a stranger</source>
            <translation>1 cara es de una persona desconocida</translation>
        </message>
        <message>
            <source>1 face is not {0}</source>
            <translation>1 cara no es de {0}</translation>
        </message>
        <message>
            <source>1 face is {0}</source>
            <translation>1 cara es de {0}</translation>
        </message>
        <message>
            <source>1 face is {0}, not {1}</source>
            <translation>1 cara es de {0}, no de {1}</translation>
        </message>
        <message>
            <source>1 face that you placed is</source>
            <translation>1 cara que colocaste está</translation>
        </message>
        <message>
            <source>1 face with {0} looks like someone else. Does it belong there?</source>
            <translation>1 cara de {0} parece de otra persona. ¿Debe estar ahí?</translation>
        </message>
        <message>
            <source>1 is not a face</source>
            <translation>1 no es una cara</translation>
        </message>
        <message>
            <source>1 of the faces is</source>
            <translation>1 de las caras no es</translation>
        </message>
        <message>
            <source>1 person</source>
            <translation>1 persona</translation>
        </message>
        <message>
            <source>1 person is not staff</source>
            <translation>1 persona no es del personal</translation>
        </message>
        <message>
            <source>1 person is shown again</source>
            <translation>Se vuelve a mostrar a 1 persona</translation>
        </message>
        <message>
            <source>1 person is staff</source>
            <translation>1 persona es del personal</translation>
        </message>
        <message>
            <source>1 person or group</source>
            <translation>1 persona o grupo</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 foto</translation>
        </message>
        <message>
            <source>1 place</source>
            <translation>1 lugar</translation>
        </message>
        <message>
            <source>1 unnamed person</source>
            <translation>1 persona sin nombre</translation>
        </message>
        <message>
            <source>1 unnamed person has</source>
            <translation>1 persona sin nombre ya no tiene</translation>
        </message>
        <message>
            <source>; {0} skipped</source>
            <translation>; {0} omitidos</translation>
        </message>
        <message>
            <source>A backup is damaged; `kinfolk backup --list` says which.</source>
            <translation>Una copia de seguridad está dañada; `kinfolk backup --list` dice cuál.</translation>
        </message>
        <message>
            <source>A collection needs a name.</source>
            <translation>Una colección necesita un nombre.</translation>
        </message>
        <message>
            <source>A command that is run when a task ends and for every alert, with a JSON document on its standard input.</source>
            <translation>Una orden que se ejecuta cuando termina una tarea y con cada alerta, con un documento JSON en su entrada estándar.</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is.</source>
            <translation>Una cara de menor calidad no cuenta como desconocida: no se puede saber quién es.</translation>
        </message>
        <message>
            <source>A high-definition face is larger than this.</source>
            <translation>Una cara de alta definición es mayor que esto.</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>Una imagen mayor se omite.</translation>
        </message>
        <message>
            <source>A later call took its place.</source>
            <translation>Una llamada posterior ocupó su lugar.</translation>
        </message>
        <message>
            <source>A name needs at least one letter.</source>
            <translation>Un nombre necesita al menos una letra.</translation>
        </message>
        <message>
            <source>A person is founded by at least this many photos.</source>
            <translation>Una persona se forma con al menos este número de fotos.</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>Una foto que necesita más memoria que esta para analizarse se omite.</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>Una foto que tarda más en analizarse se omite.</translation>
        </message>
        <message>
            <source>A stack takes two photos or more.</source>
            <translation>Una pila necesita dos fotos o más.</translation>
        </message>
        <message>
            <source>A stranger at {0}</source>
            <translation>Persona desconocida: {0}</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>Una persona desconocida activa una alerta cuando aparece en este número de fotos en total.</translation>
        </message>
        <message>
            <source>A task of the type {0} cannot be cancelled.</source>
            <translation>Una tarea de tipo {0} no se puede cancelar.</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>Un vídeo que tarda más en analizarse se omite.</translation>
        </message>
        <message>
            <source>A window of Kinfolk has this library open, and does not answer. Wait a moment, or end it and try again.</source>
            <translation>Una ventana de Kinfolk tiene abierta esta biblioteca y no responde. Espera un momento, o ciérrala e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>A year of birth lies between {0} and {1}.</source>
            <translation>El año de nacimiento debe estar entre {0} y {1}.</translation>
        </message>
        <message>
            <source>An index is damaged in {0} ({1}).</source>
            <translation>Hay un índice dañado en {0} ({1}).</translation>
        </message>
        <message>
            <source>And of a quality above this.</source>
            <translation>Y de calidad superior a esta.</translation>
        </message>
        <message>
            <source>And turned less than this in every direction.</source>
            <translation>Y girada menos que esto en cualquier dirección.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos, and does not answer. Wait a moment or close it; listing and naming people works meanwhile.</source>
            <translation>Otro Kinfolk tiene abierta esta biblioteca para analizar fotos y no responde. Espera un momento o ciérralo; mientras tanto se puede listar y nombrar a personas.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos. Add folders there, or close it first; listing and naming people works meanwhile.</source>
            <translation>Otro Kinfolk tiene abierta esta biblioteca para analizar fotos. Añade carpetas allí, o ciérralo antes; mientras tanto se puede listar y nombrar a personas.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open. Close it and try again.</source>
            <translation>Otro Kinfolk tiene abierta esta biblioteca. Ciérralo e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>Another Kinfolk is bringing this library up to date. Wait until it is done and try again.</source>
            <translation>Otro Kinfolk está actualizando esta biblioteca. Espera a que termine e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing something. Try again later.</source>
            <translation>Otro Kinfolk está borrando algo. Inténtalo más tarde.</translation>
        </message>
        <message>
            <source>Another Kinfolk makes a backup of this library. Wait until it is done and try again.</source>
            <translation>Otro Kinfolk está haciendo una copia de seguridad de esta biblioteca. Espera a que termine e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>Another version of Kinfolk has this library open.</source>
            <translation>Otra versión de Kinfolk tiene abierta esta biblioteca.</translation>
        </message>
        <message>
            <source>Are these {0} faces {1}?</source>
            <translation>¿Son de {1} estas {0} caras?</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>¿Son {0} y {1} la misma persona?</translation>
        </message>
        <message>
            <source>Backup made</source>
            <translation>Copia de seguridad hecha</translation>
        </message>
        <message>
            <source>Backup restored</source>
            <translation>Copia de seguridad restaurada</translation>
        </message>
        <message>
            <source>Checking the library</source>
            <translation>Revisión de la biblioteca</translation>
        </message>
        <message>
            <source>Chose a cover for {0}</source>
            <translation>Se eligió una portada para {0}</translation>
        </message>
        <message>
            <source>Chose the top of a stack</source>
            <translation>Se eligió la foto de arriba de una pila</translation>
        </message>
        <message>
            <source>Colours of the window: system, light or dark.</source>
            <translation>Colores de la ventana: system (sistema), light (claro) o dark (oscuro).</translation>
        </message>
        <message>
            <source>Confirmed {0} of {1}</source>
            <translation>Confirmación: {0} de {1}</translation>
        </message>
        <message>
            <source>Contact sheet of {0}</source>
            <translation>Hoja de contactos de {0}</translation>
        </message>
        <message>
            <source>Deleted the collection {0}</source>
            <translation>Se eliminó la colección {0}</translation>
        </message>
        <message>
            <source>Drew a face</source>
            <translation>Se marcó una cara</translation>
        </message>
        <message>
            <source>Drew a face of {0}</source>
            <translation>Se marcó una cara de {0}</translation>
        </message>
        <message>
            <source>Erased all face data: {0}. This cannot be undone; only photos that are new from now on are looked at</source>
            <translation>Se borraron todos los datos de caras: {0}. Esto no se puede deshacer; a partir de ahora solo se analizan las fotos nuevas</translation>
        </message>
        <message>
            <source>Erased {0} of strangers, whom nobody has named; this cannot be undone</source>
            <translation>Borrado: {0} de personas desconocidas, a quienes nadie ha nombrado; esto no se puede deshacer</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>Borrado de datos de caras</translation>
        </message>
        <message>
            <source>Everything else is looked at once the library's file is sound.</source>
            <translation>Todo lo demás se revisa cuando el archivo de la biblioteca esté en buen estado.</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>Exportación de fotos</translation>
        </message>
        <message>
            <source>Face data erased</source>
            <translation>Datos de caras borrados</translation>
        </message>
        <message>
            <source>Faces grouped</source>
            <translation>Caras agrupadas</translation>
        </message>
        <message>
            <source>Faces grouped afresh</source>
            <translation>Caras agrupadas de nuevo</translation>
        </message>
        <message>
            <source>Faces of two collections cannot be one person.</source>
            <translation>Las caras de dos colecciones no pueden ser una sola persona.</translation>
        </message>
        <message>
            <source>Forgot someone</source>
            <translation>Se olvidó a alguien</translation>
        </message>
        <message>
            <source>Grouping all faces afresh</source>
            <translation>Nueva agrupación de todas las caras</translation>
        </message>
        <message>
            <source>Grouping faces</source>
            <translation>Agrupación de caras</translation>
        </message>
        <message>
            <source>Hid 1 unnamed person</source>
            <translation>Se ocultó a 1 persona sin nombre</translation>
        </message>
        <message>
            <source>Hid {0}</source>
            <translation>Se ocultó a {0}</translation>
        </message>
        <message>
            <source>Hid {0} unnamed people</source>
            <translation>Se ocultó a {0} personas sin nombre</translation>
        </message>
        <message>
            <source>How hard Kinfolk works: full; gentle, one photo at a time and behind everything else; or auto, which is gentle on battery.</source>
            <translation>Con qué intensidad trabaja Kinfolk: full (máxima); gentle (suave), una foto cada vez y por detrás de todo lo demás; o auto, que es suave con batería.</translation>
        </message>
        <message>
            <source>How many photos to look at at once; 0 is one a core.</source>
            <translation>Cuántas fotos se analizan a la vez; 0 es una por núcleo.</translation>
        </message>
        <message>
            <source>Install Kinfolk again, or choose another model pack.</source>
            <translation>Instala Kinfolk de nuevo, o elige otro paquete de modelos.</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>¿Es {0}?</translation>
        </message>
        <message>
            <source>It cannot be read: {0}.</source>
            <translation>No se puede leer: {0}.</translation>
        </message>
        <message>
            <source>It cannot be written without its metadata; as an original it can be in the album.</source>
            <translation>No se puede escribir sin sus metadatos; como original puede estar en el álbum.</translation>
        </message>
        <message>
            <source>It crashes.</source>
            <translation>Se cierra inesperadamente.</translation>
        </message>
        <message>
            <source>It does not answer.</source>
            <translation>No responde.</translation>
        </message>
        <message>
            <source>It is damaged: a row of the table {0} makes no sense.</source>
            <translation>Está dañada: una fila de la tabla {0} no tiene sentido.</translation>
        </message>
        <message>
            <source>It is damaged: a row points to one that is missing.</source>
            <translation>Está dañada: una fila apunta a otra que falta.</translation>
        </message>
        <message>
            <source>It is damaged: it does not have its full size.</source>
            <translation>Está dañada: no tiene su tamaño completo.</translation>
        </message>
        <message>
            <source>It is damaged: it is no database.</source>
            <translation>Está dañada: no es una base de datos.</translation>
        </message>
        <message>
            <source>It is damaged: {0}.</source>
            <translation>Está dañada: {0}.</translation>
        </message>
        <message>
            <source>It is no library of Kinfolk.</source>
            <translation>No es una biblioteca de Kinfolk.</translation>
        </message>
        <message>
            <source>It is no photo or video that Kinfolk can open.</source>
            <translation>No es una foto ni un vídeo que Kinfolk pueda abrir.</translation>
        </message>
        <message>
            <source>It sees something else than the processor.</source>
            <translation>Ve algo distinto que el procesador.</translation>
        </message>
        <message>
            <source>It takes two different people to merge.</source>
            <translation>Para combinar hacen falta dos personas distintas.</translation>
        </message>
        <message>
            <source>It was cancelled; no name was taken in.</source>
            <translation>Se canceló; no se incorporó ningún nombre.</translation>
        </message>
        <message>
            <source>Its drive is not connected, or its folder is not there.</source>
            <translation>Su unidad no está conectada, o su carpeta no está.</translation>
        </message>
        <message>
            <source>Kinfolk ended before this was done.</source>
            <translation>Kinfolk se cerró antes de que esto terminara.</translation>
        </message>
        <message>
            <source>Kinfolk goes on without {0}, which failed{1}.</source>
            <translation>Kinfolk continúa sin {0}, que falló{1}.</translation>
        </message>
        <message>
            <source>Kinfolk has this library open on another computer, {0}. Close it there first.</source>
            <translation>Kinfolk tiene abierta esta biblioteca en otro equipo, {0}. Ciérralo allí antes.</translation>
        </message>
        <message>
            <source>Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are checked when it is closed.</source>
            <translation>Kinfolk está analizando fotos: las tareas, los recuentos y si las caras están donde dice el registro se comprueban cuando esté cerrado.</translation>
        </message>
        <message>
            <source>Kinfolk is open and at work on this library. Close it, then let the doctor repair it.</source>
            <translation>Kinfolk está abierto y trabajando en esta biblioteca. Ciérralo y deja que el doctor la repare.</translation>
        </message>
        <message>
            <source>LibRaw has not enough memory</source>
            <translation>LibRaw no tiene suficiente memoria</translation>
        </message>
        <message>
            <source>Library checked</source>
            <translation>Biblioteca revisada</translation>
        </message>
        <message>
            <source>Long side of the small picture kept of a photo.</source>
            <translation>Lado largo de la imagen pequeña que se guarda de una foto.</translation>
        </message>
        <message>
            <source>Looking at it needs more than {0} MB of memory; the setting photo_megabytes can allow more.</source>
            <translation>Analizarlo requiere más de {0} MB de memoria; el ajuste photo_megabytes puede permitir más.</translation>
        </message>
        <message>
            <source>Looking at it took longer than {0} seconds, twice. The setting {1} can allow more.</source>
            <translation>Analizarlo tardó más de {0} segundos, dos veces. El ajuste {1} puede permitir más.</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Análisis de fotos</translation>
        </message>
        <message>
            <source>Made {0} unnamed people one</source>
            <translation>{0} personas sin nombre ahora son una</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>Copia de seguridad</translation>
        </message>
        <message>
            <source>Merged {0} into {1}</source>
            <translation>Se combinó a {0} con {1}</translation>
        </message>
        <message>
            <source>Named {0}</source>
            <translation>Se nombró a {0}</translation>
        </message>
        <message>
            <source>Names taken in</source>
            <translation>Nombres incorporados</translation>
        </message>
        <message>
            <source>Names written into sidecars</source>
            <translation>Nombres escritos en archivos auxiliares</translation>
        </message>
        <message>
            <source>New faces are grouped this long after the last photo at the latest.</source>
            <translation>Las caras nuevas se agrupan como máximo este tiempo después de la última foto.</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on 1 face</source>
            <translation>Se incorporó el nombre de 1 persona en 1 cara</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on {0} faces</source>
            <translation>Se incorporó el nombre de 1 persona en {0} caras</translation>
        </message>
        <message>
            <source>Took in the names of {0} people, on {1} faces</source>
            <translation>Se incorporaron los nombres de {0} personas en {1} caras</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sin fecha</translation>
        </message>
        <message>
            <source>1 file</source>
            <translation>1 archivo</translation>
        </message>
        <message>
            <source>1 new face</source>
            <translation>1 cara nueva</translation>
        </message>
        <message>
            <source>A pack cannot be called {0}: letters, digits, _ and - can be.</source>
            <translation>Un paquete no puede llamarse {0}: se admiten letras, cifras, _ y -.</translation>
        </message>
        <message>
            <source>Another Kinfolk is busy with the pack {0}.</source>
            <translation>Otro Kinfolk está ocupado con el paquete {0}.</translation>
        </message>
        <message>
            <source>Another pack was set meanwhile.</source>
            <translation>Mientras tanto se eligió otro paquete.</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelado</translation>
        </message>
        <message>
            <source>Connection timed out</source>
            <translation>se agotó el tiempo de conexión</translation>
        </message>
        <message>
            <source>Device or resource busy</source>
            <translation>el dispositivo o recurso está ocupado</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>se superó la cuota de disco</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Listo</translation>
        </message>
        <message>
            <source>Downloading a model pack</source>
            <translation>Descarga de un paquete de modelos</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>el archivo ya existe</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>el nombre de archivo es demasiado largo</translation>
        </message>
        <message>
            <source>Host is down</source>
            <translation>el otro equipo no responde</translation>
        </message>
        <message>
            <source>How alike faces must be to be put together, from looser (-5) to stricter (5); 0 is what was measured for the model pack in use. Each pack has its own.</source>
            <translation>Cuánto deben parecerse las caras para agruparse, de más laxo (-5) a más estricto (5); 0 es lo medido para el paquete de modelos en uso. Cada paquete tiene su propio valor.</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>error de entrada/salida</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>es una carpeta</translation>
        </message>
        <message>
            <source>It cannot be shown in a web album: there is no picture of it at hand.</source>
            <translation>No se puede mostrar en un álbum web: no hay ninguna imagen disponible.</translation>
        </message>
        <message>
            <source>It holds more, or larger, files than any model pack.</source>
            <translation>Contiene más archivos, o más grandes, que cualquier paquete de modelos.</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>Análisis de fotos con otro paquete de modelos</translation>
        </message>
        <message>
            <source>Model pack downloaded</source>
            <translation>Paquete de modelos descargado</translation>
        </message>
        <message>
            <source>No backup can be made in {0}: {1}. See whether you may write there.</source>
            <translation>No se puede hacer una copia de seguridad en {0}: {1}. Comprueba si puedes escribir ahí.</translation>
        </message>
        <message>
            <source>No model pack is chosen. Choose compact, or a folder with models.</source>
            <translation>No hay ningún paquete de modelos elegido. Elige compact o una carpeta con modelos.</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>no queda espacio en el disco</translation>
        </message>
        <message>
            <source>No such device</source>
            <translation>el dispositivo no existe</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>no existe el archivo o la carpeta</translation>
        </message>
        <message>
            <source>Nobody here has the id or the name “{0}”. `kinfolk people` lists everyone with their id.</source>
            <translation>Aquí nadie tiene el id o el nombre «{0}». `kinfolk people` lista a todos con su id.</translation>
        </message>
        <message>
            <source>None of these faces belongs to this person.</source>
            <translation>Ninguna de estas caras es de esta persona.</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>no es una carpeta</translation>
        </message>
        <message>
            <source>Not every file could be a link there; those were copied.</source>
            <translation>No todos los archivos podían ser un enlace allí; esos se copiaron.</translation>
        </message>
        <message>
            <source>Nothing can be written into “{0}”: {1}.</source>
            <translation>No se puede escribir nada en «{0}»: {1}.</translation>
        </message>
        <message>
            <source>Nothing is to be exported: no files, no contact sheet and no web album.</source>
            <translation>No hay nada que exportar: ni archivos, ni hoja de contactos, ni álbum web.</translation>
        </message>
        <message>
            <source>Nothing was erased, since {0} cannot be written: {1}. Is the disk full or read-only?</source>
            <translation>No se borró nada, porque no se puede escribir {0}: {1}. ¿Está el disco lleno o es de solo lectura?</translation>
        </message>
        <message>
            <source>Of a stranger's face of at least this quality one photo is enough.</source>
            <translation>De la cara de una persona desconocida con al menos esta calidad basta una foto.</translation>
        </message>
        <message>
            <source>Of group_when interval: from one grouping to the next.</source>
            <translation>De group_when interval: de una agrupación a la siguiente.</translation>
        </message>
        <message>
            <source>Of one video at most so many frames are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>De un vídeo se analizan como máximo estos fotogramas, repartidos por su duración: menos es más rápido, más encuentra a quienes solo se ven un momento.</translation>
        </message>
        <message>
            <source>Of the model's authors; most allow non-commercial research only.</source>
            <translation>De los autores del modelo; la mayoría solo permite investigación no comercial.</translation>
        </message>
        <message>
            <source>Of this raw file the camera’s own preview is shown: {0} of {1} pixels.</source>
            <translation>De este archivo RAW se muestra la vista previa de la cámara: {0} de {1} píxeles.</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>La misma persona desconocida no activa una segunda alerta antes de este tiempo.</translation>
        </message>
        <message>
            <source>Only the first of its {0} pages is shown.</source>
            <translation>Solo se muestra la primera de sus {0} páginas.</translation>
        </message>
        <message>
            <source>Only the first of its {0} views is shown.</source>
            <translation>Solo se muestra la primera de sus {0} vistas.</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder once, and once took too long.</source>
            <translation>Al abrirlo, el decodificador de imágenes falló una vez, y otra tardó demasiado.</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder, twice.</source>
            <translation>Al abrirlo, el decodificador de imágenes falló dos veces.</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>operación no permitida</translation>
        </message>
        <message>
            <source>People of two collections are different people anyhow.</source>
            <translation>Las personas de dos colecciones son distintas de todos modos.</translation>
        </message>
        <message>
            <source>People of two collections are {0} one by one.</source>
            <translation>Las personas de dos colecciones {0} una a una.</translation>
        </message>
        <message>
            <source>People of two collections cannot be merged.</source>
            <translation>No se puede combinar a personas de dos colecciones.</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>permiso denegado</translation>
        </message>
        <message>
            <source>Person {0}</source>
            <translation>Persona {0}</translation>
        </message>
        <message>
            <source>Photos exported</source>
            <translation>Fotos exportadas</translation>
        </message>
        <message>
            <source>Photos looked at</source>
            <translation>Fotos analizadas</translation>
        </message>
        <message>
            <source>Photos of a cloud drive that are not on this disk: skip waits until they are; download lets looking at them download them.</source>
            <translation>Fotos de un servicio en la nube que no están en este equipo: skip espera hasta que lo estén; download permite que el análisis las descargue.</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>Las fotos de una persona desconocida cuentan juntas dentro de este tiempo.</translation>
        </message>
        <message>
            <source>Put a detection and a recognition model (.onnx) there, or choose the pack compact.</source>
            <translation>Pon ahí un modelo de detección y otro de reconocimiento (.onnx), o elige el paquete compact.</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>el disco es de solo lectura</translation>
        </message>
        <message>
            <source>Redone: {0}</source>
            <translation>Rehecho: {0}</translation>
        </message>
        <message>
            <source>Renamed {0} to {1}</source>
            <translation>Cambio de nombre: {0} ahora es {1}</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>Restauración de una copia de seguridad</translation>
        </message>
        <message>
            <source>Said again</source>
            <translation>Rehecho</translation>
        </message>
        <message>
            <source>Several people are called “{0}”; give the id of the one meant.</source>
            <translation>Varias personas se llaman «{0}»; indica el id de la que corresponda.</translation>
        </message>
        <message>
            <source>Side of the small picture kept of a face.</source>
            <translation>Lado de la imagen pequeña que se guarda de una cara.</translation>
        </message>
        <message>
            <source>Small pictures cannot be kept in {0}: {1}. Make room there, or choose another library folder with --library.</source>
            <translation>No se pueden guardar imágenes pequeñas en {0}: {1}. Libera espacio ahí, o elige otra carpeta de biblioteca con --library.</translation>
        </message>
        <message>
            <source>Small pictures kept; the oldest go first.</source>
            <translation>Imágenes pequeñas guardadas; las más antiguas se eliminan primero.</translation>
        </message>
        <message>
            <source>Some checks are left out, since the library cannot be written.</source>
            <translation>Se omiten algunas comprobaciones, porque no se puede escribir la biblioteca.</translation>
        </message>
        <message>
            <source>Somebody changed the exported file since; it was left as it is.</source>
            <translation>Alguien cambió el archivo exportado desde entonces; se dejó como está.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge the two instead.</source>
            <translation>Ya hay alguien que se llama {0}; combina a ambas personas.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge them, too.</source>
            <translation>Ya hay alguien que se llama {0}; combínalas también.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; move the faces there.</source>
            <translation>Ya hay alguien que se llama {0}; mueve allí las caras.</translation>
        </message>
        <message>
            <source>Somebody is reading the library.</source>
            <translation>Alguien está leyendo la biblioteca.</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}.</source>
            <translation>Alguien a quien no has nombrado apareció {0}.</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}; of all you know they are most like {1} ({2}).</source>
            <translation>Alguien a quien no has nombrado apareció {0}; de todos tus conocidos, a quien más se parece es a {1} ({2}).</translation>
        </message>
        <message>
            <source>Someone</source>
            <translation>Alguien</translation>
        </message>
        <message>
            <source>Something else was said since; Undo takes that back first.</source>
            <translation>Desde entonces se indicó otra cosa; Deshacer retira eso primero.</translation>
        </message>
        <message>
            <source>Something is being exported into “{0}” already.</source>
            <translation>Ya se está exportando algo a «{0}».</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk while grouping.</source>
            <translation>Algo falló dentro de Kinfolk al agrupar.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk.</source>
            <translation>Algo falló dentro de Kinfolk.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk; its log says what.</source>
            <translation>Algo falló dentro de Kinfolk; su registro dice qué.</translation>
        </message>
        <message>
            <source>Something went wrong over it: {0}.</source>
            <translation>Algo falló con él: {0}.</translation>
        </message>
        <message>
            <source>Stacked {0} photos</source>
            <translation>Se apilaron {0} fotos</translation>
        </message>
        <message>
            <source>Stale file handle</source>
            <translation>el archivo de la unidad de red ya no está disponible</translation>
        </message>
        <message>
            <source>Switched to another model pack</source>
            <translation>Cambio a otro paquete de modelos hecho</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>Incorporación de nombres</translation>
        </message>
        <message>
            <source>That face does not belong to this person.</source>
            <translation>Esa cara no es de esta persona.</translation>
        </message>
        <message>
            <source>That frame does not lie in the photo.</source>
            <translation>Ese marco no está dentro de la foto.</translation>
        </message>
        <message>
            <source>That frame is too small for a face.</source>
            <translation>Ese marco es demasiado pequeño para una cara.</translation>
        </message>
        <message>
            <source>That the command may be run cannot be written to {0}: {1}.</source>
            <translation>El permiso para ejecutar la orden no se puede escribir en {0}: {1}.</translation>
        </message>
        <message>
            <source>That you agreed cannot be written to {0}: {1}.</source>
            <translation>Tu aceptación no se puede escribir en {0}: {1}.</translation>
        </message>
        <message>
            <source>The XMP has a document type, which XMP must not have.</source>
            <translation>El XMP tiene un tipo de documento, algo que XMP no debe tener.</translation>
        </message>
        <message>
            <source>The XMP is damaged: it is no well-formed XML.</source>
            <translation>El XMP está dañado: no es XML bien formado.</translation>
        </message>
        <message>
            <source>The XMP is nested too deep.</source>
            <translation>El XMP tiene demasiados niveles.</translation>
        </message>
        <message>
            <source>The XMP is not written in UTF-8 or UTF-16.</source>
            <translation>El XMP no está escrito en UTF-8 ni UTF-16.</translation>
        </message>
        <message>
            <source>The XMP is too large.</source>
            <translation>El XMP es demasiado grande.</translation>
        </message>
        <message>
            <source>The archive cannot be written to {0}: {1}. Is the disk full?</source>
            <translation>El archivo comprimido no se puede escribir en {0}: {1}. ¿Está el disco lleno?</translation>
        </message>
        <message>
            <source>The archive holds a link in place of a model; nothing is unpacked.</source>
            <translation>El archivo comprimido contiene un enlace en lugar de un modelo; no se extrae nada.</translation>
        </message>
        <message>
            <source>The archive holds far more than models; it is not unpacked.</source>
            <translation>El archivo comprimido contiene mucho más que modelos; no se extrae.</translation>
        </message>
        <message>
            <source>The archive holds more than it says; nothing of it is used.</source>
            <translation>El archivo comprimido contiene más de lo que dice; no se usa nada de él.</translation>
        </message>
        <message>
            <source>The archive holds several packs; unpack it, and add the folder of one.</source>
            <translation>El archivo comprimido contiene varios paquetes; extráelo y añade la carpeta de uno.</translation>
        </message>
        <message>
            <source>The archive holds something that is no model; nothing is unpacked.</source>
            <translation>El archivo comprimido contiene algo que no es un modelo; no se extrae nada.</translation>
        </message>
        <message>
            <source>The archive is damaged: {0} cannot be unpacked.</source>
            <translation>El archivo comprimido está dañado: no se puede extraer {0}.</translation>
        </message>
        <message>
            <source>The archive is locked with a password; unpack it, and add the folder.</source>
            <translation>El archivo comprimido está protegido con contraseña; extráelo y añade la carpeta.</translation>
        </message>
        <message>
            <source>The archive lacks what belongs into it: {0}.</source>
            <translation>Al archivo comprimido le falta algo que debe contener: {0}.</translation>
        </message>
        <message>
            <source>The archive names places outside itself; nothing of it is unpacked.</source>
            <translation>El archivo comprimido nombra lugares fuera de él; no se extrae nada.</translation>
        </message>
        <message>
            <source>The backup was cancelled; nothing of it stays.</source>
            <translation>La copia de seguridad se canceló; no queda nada de ella.</translation>
        </message>
        <message>
            <source>The backup {0} cannot be restored. {1} Choose another one; `kinfolk backup --list` lists them.</source>
            <translation>La copia de seguridad {0} no se puede restaurar. {1} Elige otra; `kinfolk backup --list` las lista.</translation>
        </message>
        <message>
            <source>The backup {0} was made by a newer Kinfolk ({1}). Install the newest version to restore it.</source>
            <translation>La copia de seguridad {0} la hizo un Kinfolk más nuevo ({1}). Instala la versión más reciente para restaurarla.</translation>
        </message>
        <message>
            <source>The collection {0} is called {1}</source>
            <translation>La colección {0} ahora se llama {1}</translation>
        </message>
        <message>
            <source>The contact sheet cannot be written: {0}.</source>
            <translation>No se puede escribir la hoja de contactos: {0}.</translation>
        </message>
        <message>
            <source>The copy is not what the file is; the disk may be damaged.</source>
            <translation>La copia no coincide con el archivo; puede que el disco esté dañado.</translation>
        </message>
        <message>
            <source>The copy of the library is not good, so it was not kept: {0} `kinfolk doctor` tells whether the library is.</source>
            <translation>La copia de la biblioteca no es buena, así que no se conservó: {0} `kinfolk doctor` dice si la biblioteca lo es.</translation>
        </message>
        <message>
            <source>The detection model in {0} tells no landmarks. {1}</source>
            <translation>El modelo de detección de {0} no da puntos de referencia. {1}</translation>
        </message>
        <message>
            <source>The disk is full. What was exported until now stays; make room, and export again: it goes on there.</source>
            <translation>El disco está lleno. Lo exportado hasta ahora se conserva; libera espacio y exporta de nuevo: continúa desde ahí.</translation>
        </message>
        <message>
            <source>The disk is full. What was written until now is whole, and so is all that was there before.</source>
            <translation>El disco está lleno. Lo escrito hasta ahora está completo, igual que todo lo que había antes.</translation>
        </message>
        <message>
            <source>The disk is full; this sidecar stays as it was.</source>
            <translation>El disco está lleno; este archivo auxiliar queda como estaba.</translation>
        </message>
        <message>
            <source>The disk with the library {0} does not do as it is told: {1}. See whether it is connected, full or failing, and try again.</source>
            <translation>El disco con la biblioteca {0} no hace lo que debe: {1}. Comprueba si está conectado, lleno o averiado, e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The disk with the library {0} is full. Make room on it and try again; nothing half-written stays.</source>
            <translation>El disco con la biblioteca {0} está lleno. Libera espacio e inténtalo de nuevo; no queda nada a medio escribir.</translation>
        </message>
        <message>
            <source>The disk with {0} gives back something else than came.</source>
            <translation>El disco con {0} devuelve algo distinto de lo que llegó.</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed for the archive and what is in it, and {2} MB are free.</source>
            <translation>El disco con {0} no tiene espacio: se necesitan {1} MB para el archivo comprimido y su contenido, y hay {2} MB libres.</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed, and {2} MB are free.</source>
            <translation>El disco con {0} no tiene espacio: se necesitan {1} MB y hay {2} MB libres.</translation>
        </message>
        <message>
            <source>The faces of this alert are not there any more.</source>
            <translation>Las caras de esta alerta ya no están.</translation>
        </message>
        <message>
            <source>The file cannot be read or written; the disk may be damaged.</source>
            <translation>No se puede leer o escribir el archivo; puede que el disco esté dañado.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>No se puede leer el archivo.</translation>
        </message>
        <message>
            <source>The file cannot be read: its name is not usable.</source>
            <translation>No se puede leer el archivo: su nombre no es utilizable.</translation>
        </message>
        <message>
            <source>The file cannot be read: {0}.</source>
            <translation>No se puede leer el archivo: {0}.</translation>
        </message>
        <message>
            <source>The file holds no XMP.</source>
            <translation>El archivo no contiene XMP.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>El archivo está vacío.</translation>
        </message>
        <message>
            <source>The file is in the cloud, not on this disk.</source>
            <translation>El archivo está en la nube, no en este equipo.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>El archivo ya no está ahí.</translation>
        </message>
        <message>
            <source>The file is too large for that disk.</source>
            <translation>El archivo es demasiado grande para ese disco.</translation>
        </message>
        <message>
            <source>The file is too large to be a photo.</source>
            <translation>El archivo es demasiado grande para ser una foto.</translation>
        </message>
        <message>
            <source>The file was being changed while it was read.</source>
            <translation>El archivo se estaba modificando mientras se leía.</translation>
        </message>
        <message>
            <source>The film is damaged.</source>
            <translation>El vídeo corto está dañado.</translation>
        </message>
        <message>
            <source>The folder cannot be read: {0}.</source>
            <translation>No se puede leer la carpeta: {0}.</translation>
        </message>
        <message>
            <source>The folder lacks what belongs into it: {0}.</source>
            <translation>A la carpeta le falta algo que debe contener: {0}.</translation>
        </message>
        <message>
            <source>The folder of the library {0} cannot be written: {1}. Is the disk read-only?</source>
            <translation>No se puede escribir en la carpeta de la biblioteca {0}: {1}. ¿Es el disco de solo lectura?</translation>
        </message>
        <message>
            <source>The folder to export into needs its whole path.</source>
            <translation>La carpeta de exportación necesita su ruta completa.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be read ({1}).</source>
            <translation>No se puede leer la carpeta {0} ({1}).</translation>
        </message>
        <message>
            <source>The folder {0} cannot be used for the library: {1}. Choose another one with --library.</source>
            <translation>La carpeta {0} no sirve para la biblioteca: {1}. Elige otra con --library.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be written: {1}.</source>
            <translation>No se puede escribir en la carpeta {0}: {1}.</translation>
        </message>
        <message>
            <source>The folder {0} has no models. {1}</source>
            <translation>La carpeta {0} no tiene modelos. {1}</translation>
        </message>
        <message>
            <source>The folder {0} has no {1} model. {2}</source>
            <translation>La carpeta {0} no tiene modelo {1}. {2}</translation>
        </message>
        <message>
            <source>The folder {0} of the library is not there. Connect its drive or make the folder, and try again.</source>
            <translation>La carpeta {0} de la biblioteca no está. Conecta su unidad o crea la carpeta, e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The folder “{0}” cannot be made: {1}.</source>
            <translation>No se puede crear la carpeta «{0}»: {1}.</translation>
        </message>
        <message>
            <source>The keywords there ({0}) are written in a way Kinfolk does not change.</source>
            <translation>Las palabras clave de ahí ({0}) están escritas de un modo que Kinfolk no cambia.</translation>
        </message>
        <message>
            <source>The language of the window; system is that of the desktop.</source>
            <translation>El idioma de la ventana; system es el del escritorio.</translation>
        </message>
        <message>
            <source>The library could not be brought back: {0}</source>
            <translation>No se pudo recuperar la biblioteca: {0}</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened or written: {1}.</source>
            <translation>No se puede abrir o escribir la biblioteca {0}: {1}.</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened. It must be a file, in a folder that you may read and write; or choose another folder with --library.</source>
            <translation>No se puede abrir la biblioteca {0}. Debe ser un archivo, en una carpeta que puedas leer y escribir; o elige otra carpeta con --library.</translation>
        </message>
        <message>
            <source>The library {0} cannot be written: the file or its disk is read-only. Make it writable, or choose another folder with --library.</source>
            <translation>No se puede escribir la biblioteca {0}: el archivo o su disco es de solo lectura. Haz que se pueda escribir, o elige otra carpeta con --library.</translation>
        </message>
        <message>
            <source>The library {0} is damaged ({1}). Closing the window of Kinfolk and opening it again, or `kinfolk doctor --repair`, sets it aside, restores the newest good backup and says again what you have said since; your photos are not touched.</source>
            <translation>La biblioteca {0} está dañada ({1}). Cerrar la ventana de Kinfolk y volver a abrirla, o `kinfolk doctor --repair`, la aparta, restaura la copia buena más reciente y repite lo que has indicado desde entonces; tus fotos no se tocan.</translation>
        </message>
        <message>
            <source>The library {0} is held by another program for too long. Close it and try again.</source>
            <translation>Otro programa retiene la biblioteca {0} demasiado tiempo. Ciérralo e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The library {0} is not there any more: it was moved or deleted, or its drive was disconnected. Put it back, and start Kinfolk again.</source>
            <translation>La biblioteca {0} ya no está: se movió o eliminó, o se desconectó su unidad. Ponla en su sitio e inicia Kinfolk de nuevo.</translation>
        </message>
        <message>
            <source>The library {0} was written by a newer Kinfolk ({1}). Install the newest version to open it.</source>
            <translation>La biblioteca {0} la escribió un Kinfolk más nuevo ({1}). Instala la versión más reciente para abrirla.</translation>
        </message>
        <message>
            <source>The library {0} was written by an older Kinfolk, and is only brought up to date once there is a backup. {1}</source>
            <translation>La biblioteca {0} la escribió un Kinfolk más antiguo, y solo se actualiza cuando haya una copia de seguridad. {1}</translation>
        </message>
        <message>
            <source>The model pack in {0} has no manifest.json. {1}</source>
            <translation>El paquete de modelos de {0} no tiene manifest.json. {1}</translation>
        </message>
        <message>
            <source>The model pack in {0} is of format {1}, and this Kinfolk reads format {2}. {3}</source>
            <translation>El paquete de modelos de {0} tiene el formato {1}, y este Kinfolk lee el formato {2}. {3}</translation>
        </message>
        <message>
            <source>The model pack that looks at photos: compact, or a folder.</source>
            <translation>El paquete de modelos que analiza las fotos: compact, o una carpeta.</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}).</source>
            <translation>No se puede leer el modelo {0} ({1}).</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}). {2}</source>
            <translation>No se puede leer el modelo {0} ({1}). {2}</translation>
        </message>
        <message>
            <source>The model {0} cannot be used: {1}</source>
            <translation>No se puede usar el modelo {0}: {1}</translation>
        </message>
        <message>
            <source>The model {0} is damaged: its contents have changed. {1}</source>
            <translation>El modelo {0} está dañado: su contenido ha cambiado. {1}</translation>
        </message>
        <message>
            <source>The model {0} is not the one that Kinfolk knows by this name. Nothing was changed; fetch the pack again.</source>
            <translation>El modelo {0} no es el que Kinfolk conoce con este nombre. No se cambió nada; vuelve a descargar el paquete.</translation>
        </message>
        <message>
            <source>The model {0} was changed while it was loaded. Try again.</source>
            <translation>El modelo {0} cambió mientras se cargaba. Inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The models cannot be measured: {0}</source>
            <translation>No se pueden medir los modelos: {0}</translation>
        </message>
        <message>
            <source>The models of the pack {0} are not those that Kinfolk used first: {1}. Nothing is looked at with them. Put the old files back, or say `kinfolk models accept {2}` if you changed them yourself.</source>
            <translation>Los modelos del paquete {0} no son los que Kinfolk usó primero: {1}. No se analiza nada con ellos. Vuelve a poner los archivos antiguos, o di `kinfolk models accept {2}` si los cambiaste tú.</translation>
        </message>
        <message>
            <source>The models run on the processor, not on {0}: {1}</source>
            <translation>Los modelos se ejecutan en el procesador, no en {0}: {1}</translation>
        </message>
        <message>
            <source>The name does not come back; the next indexing looks at the photos again.</source>
            <translation>El nombre no vuelve; la próxima indexación analiza las fotos de nuevo.</translation>
        </message>
        <message>
            <source>The name of a collection cannot have characters that are not seen.</source>
            <translation>El nombre de una colección no puede tener caracteres invisibles.</translation>
        </message>
        <message>
            <source>The newest good backup is more than a day old; `kinfolk backup` makes one.</source>
            <translation>La copia buena más reciente tiene más de un día; `kinfolk backup` hace una.</translation>
        </message>
        <message>
            <source>The notify command cannot be started: {0}.</source>
            <translation>No se puede iniciar la orden de notificación: {0}.</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: it has a zero character.</source>
            <translation>No se entiende la orden de notificación: tiene un carácter nulo.</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: {0}.</source>
            <translation>No se entiende la orden de notificación: {0}.</translation>
        </message>
        <message>
            <source>The notify command failed: its exit status was {0}.</source>
            <translation>La orden de notificación falló: su estado de salida fue {0}.</translation>
        </message>
        <message>
            <source>The notify command in the settings was not set on this computer, so it is not run. If it is yours, set it again.</source>
            <translation>La orden de notificación de los ajustes no se definió en este equipo, así que no se ejecuta. Si es tuya, defínela de nuevo.</translation>
        </message>
        <message>
            <source>The notify command is empty.</source>
            <translation>La orden de notificación está vacía.</translation>
        </message>
        <message>
            <source>The notify command is ended when it takes longer.</source>
            <translation>La orden de notificación se detiene si tarda más.</translation>
        </message>
        <message>
            <source>The notify command is too slow: not every notice reaches it.</source>
            <translation>La orden de notificación es demasiado lenta: no le llegan todos los avisos.</translation>
        </message>
        <message>
            <source>The notify command took longer than {0} s, and was ended.</source>
            <translation>La orden de notificación tardó más de {0} s y se detuvo.</translation>
        </message>
        <message>
            <source>The notify command was ended by signal {0}.</source>
            <translation>La señal {0} detuvo la orden de notificación.</translation>
        </message>
        <message>
            <source>The pack compact is part of Kinfolk and stays.</source>
            <translation>El paquete compact es parte de Kinfolk y se queda.</translation>
        </message>
        <message>
            <source>The pack {0} cannot be measured: it crashes or hangs on this computer.</source>
            <translation>El paquete {0} no se puede medir: falla o no responde en este equipo.</translation>
        </message>
        <message>
            <source>The pack {0} cannot be put into {1}: {2}. Is the disk full?</source>
            <translation>No se puede poner el paquete {0} en {1}: {2}. ¿Está el disco lleno?</translation>
        </message>
        <message>
            <source>The pack {0} cannot be removed: {1}.</source>
            <translation>No se puede eliminar el paquete {0}: {1}.</translation>
        </message>
        <message>
            <source>The pack {0} could look at no photo, so all stays as it is.</source>
            <translation>El paquete {0} no pudo analizar ninguna foto, así que todo queda como está.</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. Is this computer connected to the internet? An archive that was fetched by other means can be added as a file.</source>
            <translation>No se pudo descargar el paquete {0}: {1}. ¿Está este ordenador conectado a internet? Un archivo obtenido por otros medios se puede añadir desde el disco.</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. What has come until now is kept, and the next try goes on from there.</source>
            <translation>No se pudo descargar el paquete {0}: {1}. Lo que ha llegado hasta ahora se conserva, y el próximo intento continúa desde ahí.</translation>
        </message>
        <message>
            <source>The pack {0} is being downloaded already.</source>
            <translation>El paquete {0} ya se está descargando.</translation>
        </message>
        <message>
            <source>The pack {0} is in use already.</source>
            <translation>El paquete {0} ya está en uso.</translation>
        </message>
        <message>
            <source>The pack {0} is in use: use another one first.</source>
            <translation>El paquete {0} está en uso: usa antes otro.</translation>
        </message>
        <message>
            <source>The pack {0} is not for every use: {1}. Read its licence and agree to it first, on the Models page or with `kinfolk models licence {2} --accept-licence`.</source>
            <translation>El paquete {0} no es para cualquier uso: {1}. Lee antes su licencia y acéptala, en la página Modelos o con `kinfolk models licence {2} --accept-licence`.</translation>
        </message>
        <message>
            <source>The pack {0} is not where it was ({1}). Look for the archive {2}.zip on the page of its project, and add the file; a newer Kinfolk may know where it is.</source>
            <translation>El paquete {0} ya no está donde estaba ({1}). Busca el archivo {2}.zip en la página de su proyecto y añádelo; puede que un Kinfolk más nuevo sepa dónde está.</translation>
        </message>
        <message>
            <source>The pack {0} is part of Kinfolk and never changes. {1}</source>
            <translation>El paquete {0} es parte de Kinfolk y nunca cambia. {1}</translation>
        </message>
        <message>
            <source>The photo is not there now.</source>
            <translation>La foto no está ahora.</translation>
        </message>
        <message>
            <source>The picture carries more text than a photo can need.</source>
            <translation>La imagen lleva más texto del que una foto puede necesitar.</translation>
        </message>
        <message>
            <source>The picture is damaged and cannot be decoded.</source>
            <translation>La imagen está dañada y no se puede decodificar.</translation>
        </message>
        <message>
            <source>The picture is damaged, or stored in a rare way that Kinfolk cannot decode.</source>
            <translation>La imagen está dañada, o guardada de un modo poco común que Kinfolk no puede decodificar.</translation>
        </message>
        <message>
            <source>The picture is damaged: its size is not what it says.</source>
            <translation>La imagen está dañada: su tamaño no es el que dice.</translation>
        </message>
        <message>
            <source>The picture is damaged: the file ends too early.</source>
            <translation>La imagen está dañada: el archivo termina demasiado pronto.</translation>
        </message>
        <message>
            <source>The picture is damaged: there is nothing in the file but zeros.</source>
            <translation>La imagen está dañada: en el archivo solo hay ceros.</translation>
        </message>
        <message>
            <source>The picture is too large.</source>
            <translation>La imagen es demasiado grande.</translation>
        </message>
        <message>
            <source>The picture is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>La imagen es demasiado grande: {0} x {1} píxeles, y el límite es de {2} megapíxeles; el ajuste photo_megapixels puede permitir más.</translation>
        </message>
        <message>
            <source>The picture moves; it is shown as it begins.</source>
            <translation>La imagen se mueve; se muestra su comienzo.</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot be started: {0}. Close other programs and try again.</source>
            <translation>No se pueden iniciar los procesos que analizan las fotos: {0}. Cierra otros programas e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot begin: {0}.</source>
            <translation>Los procesos que analizan las fotos no pueden empezar: {0}.</translation>
        </message>
        <message>
            <source>The processes that look at photos do not get ready. Close other programs and try again.</source>
            <translation>Los procesos que analizan las fotos no llegan a estar listos. Cierra otros programas e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The processes that look at photos end as soon as they are started. Close other programs and try again.</source>
            <translation>Los procesos que analizan las fotos terminan nada más iniciarse. Cierra otros programas e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The proxy wants to know who asks (407). Write that into its address, in the setting proxy: http://NAME:PASSWORD@HOST:PORT.</source>
            <translation>El proxy quiere saber quién pregunta (407). Escríbelo en su dirección, en el ajuste proxy: http://NOMBRE:CONTRASEÑA@SERVIDOR:PUERTO.</translation>
        </message>
        <message>
            <source>The regions there are for an image of another shape than the photo has.</source>
            <translation>Las zonas de ahí son para una imagen de otra forma que la foto.</translation>
        </message>
        <message>
            <source>The regions there are written in a way Kinfolk does not change.</source>
            <translation>Las zonas de ahí están escritas de un modo que Kinfolk no cambia.</translation>
        </message>
        <message>
            <source>The server could not prove who it is, so nothing was taken from it: is the clock of this computer right, or does something read along on the way?</source>
            <translation>El servidor no pudo demostrar quién es, así que no se tomó nada de él: ¿está bien el reloj de este equipo, o hay algo que lee por el camino?</translation>
        </message>
        <message>
            <source>The server does not give the pack {0} away ({1}). Try again later.</source>
            <translation>El servidor no entrega el paquete {0} ({1}). Inténtalo más tarde.</translation>
        </message>
        <message>
            <source>The server packs the archive once more on its way: it is of no use.</source>
            <translation>El servidor vuelve a comprimir el archivo por el camino: así no sirve.</translation>
        </message>
        <message>
            <source>The server sends in a circle: its answer is no file. Try again later.</source>
            <translation>El servidor redirige en círculo: su respuesta no es un archivo. Inténtalo más tarde.</translation>
        </message>
        <message>
            <source>The server sends on to an address that is not safe (only https is), so nothing was taken from there. Fetch the archive by other means, and add the file.</source>
            <translation>El servidor redirige a una dirección que no es segura (solo lo es https), así que no se tomó nada de ahí. Consigue el archivo comprimido por otros medios y añádelo.</translation>
        </message>
        <message>
            <source>The setting proxy cannot be used: it is an address such as http://proxy.home:3128, none, or empty for what the system says.</source>
            <translation>El ajuste proxy no se puede usar: es una dirección como http://proxy.home:3128, none, o vacío para lo que diga el sistema.</translation>
        </message>
        <message>
            <source>The setting {0} cannot be {1}: it is {2}.</source>
            <translation>El ajuste {0} no puede ser {1}: es {2}.</translation>
        </message>
        <message>
            <source>The setting {0} changes no groups, so there is no preview of it; those that have one are {1}.</source>
            <translation>El ajuste {0} no cambia ningún grupo, así que no tiene vista previa; la tienen {1}.</translation>
        </message>
        <message>
            <source>The setting {0} is one of the library; a collection may set {1}.</source>
            <translation>El ajuste {0} es de la biblioteca; una colección puede definir {1}.</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be used ({1}); mend or delete it.</source>
            <translation>Los ajustes de {0} no se pueden usar ({1}); repáralos o elimínalos.</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be written: {1}.</source>
            <translation>No se pueden escribir los ajustes en {0}: {1}.</translation>
        </message>
        <message>
            <source>The sidecar cannot be read.</source>
            <translation>No se puede leer el archivo auxiliar.</translation>
        </message>
        <message>
            <source>The sidecar cannot be written: {0}.</source>
            <translation>No se puede escribir el archivo auxiliar: {0}.</translation>
        </message>
        <message>
            <source>The sidecar could not be changed without harm; it stays as it is.</source>
            <translation>El archivo auxiliar no se pudo cambiar sin dañarlo; queda como está.</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is no well-formed XML.</source>
            <translation>El archivo auxiliar está dañado: no es XML bien formado.</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is not written in UTF-8.</source>
            <translation>El archivo auxiliar está dañado: no está escrito en UTF-8.</translation>
        </message>
        <message>
            <source>The sidecar is nested too deep, or damaged.</source>
            <translation>El archivo auxiliar tiene demasiados niveles, o está dañado.</translation>
        </message>
        <message>
            <source>The sidecar is too large.</source>
            <translation>El archivo auxiliar es demasiado grande.</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk cannot keep.</source>
            <translation>El archivo auxiliar está escrito de un modo que Kinfolk no puede conservar.</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk does not change.</source>
            <translation>El archivo auxiliar está escrito de un modo que Kinfolk no cambia.</translation>
        </message>
        <message>
            <source>The sidecar is written in {0}, which Kinfolk does not change.</source>
            <translation>El archivo auxiliar está escrito en {0}, que Kinfolk no cambia.</translation>
        </message>
        <message>
            <source>The sidecar was being changed by another program; nothing was written.</source>
            <translation>Otro programa estaba cambiando el archivo auxiliar; no se escribió nada.</translation>
        </message>
        <message>
            <source>The system ended the work on it {0} times, perhaps for want of memory. Close other programs and try again.</source>
            <translation>El sistema detuvo el trabajo con él {0} veces, quizás por falta de memoria. Cierra otros programas e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>The task {0} has ended already: {1}.</source>
            <translation>La tarea {0} ya ha terminado: {1}.</translation>
        </message>
        <message>
            <source>The video is damaged and cannot be decoded.</source>
            <translation>El vídeo está dañado y no se puede decodificar.</translation>
        </message>
        <message>
            <source>The video is damaged: no picture of it can be decoded.</source>
            <translation>El vídeo está dañado: no se puede decodificar ninguna imagen.</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing at its start but zeros.</source>
            <translation>El vídeo está dañado: al principio solo hay ceros.</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing to be seen in it.</source>
            <translation>El vídeo está dañado: no se ve nada en él.</translation>
        </message>
        <message>
            <source>The video is damaged: this moment of it cannot be decoded.</source>
            <translation>El vídeo está dañado: este momento no se puede decodificar.</translation>
        </message>
        <message>
            <source>The video is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>El vídeo es demasiado grande: {0} x {1} píxeles, y el límite es de {2} megapíxeles; el ajuste photo_megapixels puede permitir más.</translation>
        </message>
        <message>
            <source>The window that is open is of another version of Kinfolk.</source>
            <translation>La ventana abierta es de otra versión de Kinfolk.</translation>
        </message>
        <message>
            <source>The work</source>
            <translation>El trabajo</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>El trabajo se detuvo</translation>
        </message>
        <message>
            <source>There are characters in it that XML cannot hold.</source>
            <translation>Contiene caracteres que XML no admite.</translation>
        </message>
        <message>
            <source>There are no such photos any more.</source>
            <translation>Esas fotos ya no existen.</translation>
        </message>
        <message>
            <source>There are {0} people and groups</source>
            <translation>hay {0} personas y grupos</translation>
        </message>
        <message>
            <source>There can be no {0} there ({1}). Use --as copy.</source>
            <translation>Allí no puede haber {0} ({1}). Usa --as copy.</translation>
        </message>
        <message>
            <source>There is 1 person or group</source>
            <translation>hay 1 persona o grupo</translation>
        </message>
        <message>
            <source>There is a collection “{0}” already.</source>
            <translation>Ya existe una colección «{0}».</translation>
        </message>
        <message>
            <source>There is a face here already; say who it is.</source>
            <translation>Aquí ya hay una cara; di quién es.</translation>
        </message>
        <message>
            <source>There is another file of that name, which Kinfolk did not write.</source>
            <translation>Hay otro archivo con ese nombre, que Kinfolk no escribió.</translation>
        </message>
        <message>
            <source>There is more than one picture in the file; the main one is shown.</source>
            <translation>Hay más de una imagen en el archivo; se muestra la principal.</translation>
        </message>
        <message>
            <source>There is no alert {0} here; `kinfolk alerts --all` lists them.</source>
            <translation>Aquí no hay ninguna alerta {0}; `kinfolk alerts --all` las lista.</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; `kinfolk collection create` makes one.</source>
            <translation>No existe la colección «{0}»; `kinfolk collection create` crea una.</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; name those whose people are known.</source>
            <translation>No existe la colección «{0}»; nombra aquellas cuyas personas se conocen.</translation>
        </message>
        <message>
            <source>There is no collection.</source>
            <translation>No hay ninguna colección.</translation>
        </message>
        <message>
            <source>There is no good backup of the library yet; `kinfolk backup` makes one.</source>
            <translation>Aún no hay ninguna copia buena de la biblioteca; `kinfolk backup` hace una.</translation>
        </message>
        <message>
            <source>There is no library in {0}; `kinfolk index` makes one.</source>
            <translation>No hay ninguna biblioteca en {0}; `kinfolk index` crea una.</translation>
        </message>
        <message>
            <source>There is no model (.onnx) in it.</source>
            <translation>No contiene ningún modelo (.onnx).</translation>
        </message>
        <message>
            <source>There is no model pack {0}: {1} is not a folder. Put the pack's .onnx files there, or choose the pack compact.</source>
            <translation>No existe el paquete de modelos {0}: {1} no es una carpeta. Pon ahí los archivos .onnx del paquete, o elige el paquete compact.</translation>
        </message>
        <message>
            <source>There is no pack {0} to be fetched; there are: {1}.</source>
            <translation>No hay ningún paquete {0} que descargar; hay: {1}.</translation>
        </message>
        <message>
            <source>There is no pack {0} to be removed.</source>
            <translation>No hay ningún paquete {0} que eliminar.</translation>
        </message>
        <message>
            <source>There is no picture in the film.</source>
            <translation>No hay ninguna imagen en el vídeo corto.</translation>
        </message>
        <message>
            <source>There is no picture in this video, only sound.</source>
            <translation>En este vídeo no hay imagen, solo sonido.</translation>
        </message>
        <message>
            <source>There is no picture of it at hand.</source>
            <translation>No hay ninguna imagen a mano.</translation>
        </message>
        <message>
            <source>There is no place for a photo to measure with: {0}.</source>
            <translation>No hay sitio para una foto con la que medir: {0}.</translation>
        </message>
        <message>
            <source>There is no room for a backup in {0}. Make room and try again.</source>
            <translation>No hay espacio para una copia de seguridad en {0}. Libera espacio e inténtalo de nuevo.</translation>
        </message>
        <message>
            <source>There is no setting {0}; `kinfolk settings` lists them.</source>
            <translation>No existe el ajuste {0}; `kinfolk settings` los lista.</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>Esa colección ya no existe.</translation>
        </message>
        <message>
            <source>There is no such folder any more.</source>
            <translation>Esa carpeta ya no existe.</translation>
        </message>
        <message>
            <source>There is no such person any more.</source>
            <translation>Esa persona ya no existe.</translation>
        </message>
        <message>
            <source>There is no such photo any more.</source>
            <translation>Esa foto ya no existe.</translation>
        </message>
        <message>
            <source>There is no such photo in the album any more.</source>
            <translation>Esa foto ya no está en el álbum.</translation>
        </message>
        <message>
            <source>There is no switch to another pack that could be taken back.</source>
            <translation>No hay ningún cambio a otro paquete que se pueda deshacer.</translation>
        </message>
        <message>
            <source>There is no task {0}; tasks are kept for 7 days.</source>
            <translation>No existe la tarea {0}; las tareas se conservan 7 días.</translation>
        </message>
        <message>
            <source>There is not enough memory to open this picture.</source>
            <translation>No hay memoria suficiente para abrir esta imagen.</translation>
        </message>
        <message>
            <source>There is not enough memory to open this video.</source>
            <translation>No hay memoria suficiente para abrir este vídeo.</translation>
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation>No hay nada que rehacer.</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>No hay nada que deshacer.</translation>
        </message>
        <message>
            <source>These faces are not in the library any more.</source>
            <translation>Estas caras ya no están en la biblioteca.</translation>
        </message>
        <message>
            <source>These faces are of another collection than the person.</source>
            <translation>Estas caras son de otra colección que la persona.</translation>
        </message>
        <message>
            <source>These photos are in no stack.</source>
            <translation>Estas fotos no están en ninguna pila.</translation>
        </message>
        <message>
            <source>These photos are not of one collection.</source>
            <translation>Estas fotos no son de una misma colección.</translation>
        </message>
        <message>
            <source>They are one person already, {0}; select the faces that are somebody else and split them off.</source>
            <translation>Ya son una sola persona, {0}; selecciona las caras que son de otra y sepáralas.</translation>
        </message>
        <message>
            <source>This counts as no face; say who it is to have it back.</source>
            <translation>Esto no cuenta como cara; di quién es para recuperarla.</translation>
        </message>
        <message>
            <source>This is a JPEG XL picture; the package pylibjxl that opens those is not installed.</source>
            <translation>Esta es una imagen JPEG XL; el paquete pylibjxl que las abre no está instalado.</translation>
        </message>
        <message>
            <source>This is a device or a pipe, not a photo.</source>
            <translation>Esto es un dispositivo o una tubería, no una foto.</translation>
        </message>
        <message>
            <source>This is a folder, not a photo.</source>
            <translation>Esto es una carpeta, no una foto.</translation>
        </message>
        <message>
            <source>This is a link to a file that is not there.</source>
            <translation>Esto es un enlace a un archivo que no está.</translation>
        </message>
        <message>
            <source>This is a raw file of a kind that Kinfolk cannot open.</source>
            <translation>Este es un archivo RAW de un tipo que Kinfolk no puede abrir.</translation>
        </message>
        <message>
            <source>This is a video and no photo.</source>
            <translation>Esto es un vídeo y no una foto.</translation>
        </message>
        <message>
            <source>This is not a kind of picture that Kinfolk can open.</source>
            <translation>Kinfolk no puede abrir este tipo de imagen.</translation>
        </message>
        <message>
            <source>This is not a kind of video that Kinfolk can open.</source>
            <translation>Kinfolk no puede abrir este tipo de vídeo.</translation>
        </message>
        <message>
            <source>This is the only collection; a library has at least one.</source>
            <translation>Esta es la única colección; una biblioteca tiene al menos una.</translation>
        </message>
        <message>
            <source>This is {0}, which Kinfolk cannot open.</source>
            <translation>Esto es {0}, que Kinfolk no puede abrir.</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with it.</source>
            <translation>Este onnxruntime no lo incluye.</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with {0}.</source>
            <translation>Este onnxruntime no incluye {0}.</translation>
        </message>
        <message>
            <source>This photo is in no stack.</source>
            <translation>Esta foto no está en ninguna pila.</translation>
        </message>
        <message>
            <source>This raw file is shown at half its size: {0} of {1} pixels.</source>
            <translation>Este archivo RAW se muestra a la mitad de su tamaño: {0} de {1} píxeles.</translation>
        </message>
        <message>
            <source>This takes {0}, and “{1}” has {2} left. Make room there, or choose another folder.</source>
            <translation>Esto ocupa {0}, y en «{1}» quedan {2}. Libera espacio ahí, o elige otra carpeta.</translation>
        </message>
        <message>
            <source>Took back</source>
            <translation>Retirado</translation>
        </message>
        <message>
            <source>Took back when {0} was born</source>
            <translation>Se retiró el año de nacimiento de {0}</translation>
        </message>
        <message>
            <source>Took {0} out of a stack</source>
            <translation>Fuera de la pila: {0}</translation>
        </message>
        <message>
            <source>Traces of it stay in {0}: {1}. See whether the disk is full or read-only, and do it again.</source>
            <translation>Quedan rastros en {0}: {1}. Comprueba si el disco está lleno o es de solo lectura, y hazlo de nuevo.</translation>
        </message>
        <message>
            <source>Traces of it stay on the disk for now: Kinfolk erases them when it is closed or opened.</source>
            <translation>Por ahora quedan rastros en el disco: Kinfolk los borra al cerrarse o abrirse.</translation>
        </message>
        <message>
            <source>Transport endpoint is not connected</source>
            <translation>la unidad de red no está conectada</translation>
        </message>
        <message>
            <source>Undone: {0}</source>
            <translation>Deshecho: {0}</translation>
        </message>
        <message>
            <source>What came is not the archive that Kinfolk knows: its SHA-256 is {0}, not {1}. Nothing of it was kept. Try again later, or fetch the archive by other means and add the file.</source>
            <translation>Lo que llegó no es el archivo comprimido que Kinfolk conoce: su SHA-256 es {0}, no {1}. No se conservó nada. Inténtalo más tarde, o consigue el archivo comprimido por otros medios y añádelo.</translation>
        </message>
        <message>
            <source>What downloads of models go through: an address such as http://proxy.home:3128, none, or nothing for what the system says.</source>
            <translation>Por dónde pasan las descargas de modelos: una dirección como http://proxy.home:3128, none, o nada para lo que diga el sistema.</translation>
        </message>
        <message>
            <source>What runs the models: cpu is the processor, auto is what was measured to be the fastest.</source>
            <translation>Qué ejecuta los modelos: cpu es el procesador, auto es lo que resultó más rápido al medirlo.</translation>
        </message>
        <message>
            <source>What shows on the desktop: off is nothing, long is alerts and work of over a minute, all is alerts and every end of a task.</source>
            <translation>Qué se muestra en el escritorio: off es nada, long es alertas y trabajos de más de un minuto, all es alertas y cada final de tarea.</translation>
        </message>
        <message>
            <source>What the server has is not the archive that Kinfolk knows: it has {0} bytes, not {1}. Nothing was taken. Does this computer have to sign in to its network first? Else fetch the archive by other means and add the file.</source>
            <translation>Lo que tiene el servidor no es el archivo comprimido que Kinfolk conoce: tiene {0} bytes, no {1}. No se tomó nada. ¿Tiene que iniciar sesión este equipo en su red? Si no, consigue el archivo comprimido por otros medios y añádelo.</translation>
        </message>
        <message>
            <source>What the server has is too large to be a model pack.</source>
            <translation>Lo que tiene el servidor es demasiado grande para ser un paquete de modelos.</translation>
        </message>
        <message>
            <source>When new faces are grouped: settled is after the last photo, interval is every group_minutes, asked is only when the user says so.</source>
            <translation>Cuándo se agrupan las caras nuevas: settled es después de la última foto, interval es cada group_minutes, asked es solo cuando se pide.</translation>
        </message>
        <message>
            <source>Where the window has exported photos to last.</source>
            <translation>Adónde exportó fotos la ventana la última vez.</translation>
        </message>
        <message>
            <source>Whether Kinfolk stays in the tray when its window is closed while a collection has alerts on.</source>
            <translation>Si Kinfolk se queda en la bandeja del sistema al cerrar su ventana mientras una colección tiene alertas activadas.</translation>
        </message>
        <message>
            <source>Whether a stranger before a camera raises an alert.</source>
            <translation>Si una persona desconocida ante una cámara activa una alerta.</translation>
        </message>
        <message>
            <source>Whether different people are counted.</source>
            <translation>Si se cuentan personas distintas.</translation>
        </message>
        <message>
            <source>Whether faces are looked for in videos, too; off leaves new ones alone, and those that are in the album stay.</source>
            <translation>Si se buscan caras también en los vídeos; off deja de lado los nuevos, y los que ya están en el álbum se quedan.</translation>
        </message>
        <message>
            <source>Whether photos that show the same are shown as one, with the best on top.</source>
            <translation>Si las fotos que muestran lo mismo se ven como una, con la mejor arriba.</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>Quien no se ve durante más tiempo que este vuelve a venir, como otra visita.</translation>
        </message>
        <message>
            <source>Whoever is here was forgotten; undo that first.</source>
            <translation>Quien está aquí fue olvidado; deshaz eso antes.</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>Quien siga sin nombre tantos días después de encontrarse la foto se borra para siempre, con cara y rasgos; 0 conserva a todos.</translation>
        </message>
        <message>
            <source>Whom a camera knows: those who have a name in these collections, and in its own; all is every album, none is only its own.</source>
            <translation>A quién conoce una cámara: a quienes tienen nombre en estas colecciones y en la suya; all es todos los álbumes, none es solo la suya.</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>Escritura de nombres en archivos auxiliares</translation>
        </message>
        <message>
            <source>You drew face-{0} by hand; it is compared with nobody.</source>
            <translation>Marcaste face-{0} a mano; no se compara con nadie.</translation>
        </message>
        <message>
            <source>You had given different years of birth; {0} holds now</source>
            <translation>Habías dado años de nacimiento distintos; ahora vale {0}</translation>
        </message>
        <message>
            <source>You had said that they are different people; that no longer holds</source>
            <translation>Habías indicado que son personas distintas; eso ya no vale</translation>
        </message>
        <message>
            <source>You had said that {0} not the same person; that no longer holds</source>
            <translation>Habías indicado que {0} la misma persona; eso ya no vale</translation>
        </message>
        <message>
            <source>You had said {0}; that no longer holds</source>
            <translation>Habías indicado otra cosa ({0}); eso ya no vale</translation>
        </message>
        <message>
            <source>You may not read the folder {0}.</source>
            <translation>No tienes permiso para leer la carpeta {0}.</translation>
        </message>
        <message>
            <source>You may not read this file.</source>
            <translation>No tienes permiso para leer este archivo.</translation>
        </message>
        <message>
            <source>You may not use the library {0}. Give yourself the right to read and write it and its folder, or choose another folder with --library.</source>
            <translation>No tienes permiso para usar la biblioteca {0}. Date permiso para leerla y escribirla, junto con su carpeta, o elige otra carpeta con --library.</translation>
        </message>
        <message>
            <source>You may not write into this folder.</source>
            <translation>No tienes permiso para escribir en esta carpeta.</translation>
        </message>
        <message>
            <source>You may not write into “{0}”.</source>
            <translation>No tienes permiso para escribir en «{0}».</translation>
        </message>
        <message>
            <source>You said that face-{0} is nobody you know.</source>
            <translation>Indicaste que face-{0} no es nadie que conozcas.</translation>
        </message>
        <message>
            <source>You said that face-{0} is not a face; `undo` takes that back.</source>
            <translation>Indicaste que face-{0} no es una cara; `undo` lo retira.</translation>
        </message>
        <message>
            <source>You said who this is; take that back first.</source>
            <translation>Indicaste quién es; retira eso antes.</translation>
        </message>
        <message>
            <source>a 7-Zip archive</source>
            <translation>un archivo 7-Zip</translation>
        </message>
        <message>
            <source>a BPG picture</source>
            <translation>una imagen BPG</translation>
        </message>
        <message>
            <source>a DjVu document</source>
            <translation>un documento DjVu</translation>
        </message>
        <message>
            <source>a FLIF picture</source>
            <translation>una imagen FLIF</translation>
        </message>
        <message>
            <source>a JPEG 2000 picture</source>
            <translation>una imagen JPEG 2000</translation>
        </message>
        <message>
            <source>a JPEG XR picture</source>
            <translation>una imagen JPEG XR</translation>
        </message>
        <message>
            <source>a PDF document</source>
            <translation>un documento PDF</translation>
        </message>
        <message>
            <source>a PNM picture</source>
            <translation>una imagen PNM</translation>
        </message>
        <message>
            <source>a Photoshop picture (PSD)</source>
            <translation>una imagen de Photoshop (PSD)</translation>
        </message>
        <message>
            <source>a PostScript drawing (EPS)</source>
            <translation>un dibujo PostScript (EPS)</translation>
        </message>
        <message>
            <source>a RAR archive</source>
            <translation>un archivo RAR</translation>
        </message>
        <message>
            <source>a Radiance picture (HDR)</source>
            <translation>una imagen Radiance (HDR)</translation>
        </message>
        <message>
            <source>a ZIP archive</source>
            <translation>un archivo ZIP</translation>
        </message>
        <message>
            <source>a drawing (SVG)</source>
            <translation>un dibujo (SVG)</translation>
        </message>
        <message>
            <source>a drawing (WMF)</source>
            <translation>un dibujo (WMF)</translation>
        </message>
        <message>
            <source>attempt to write a readonly database</source>
            <translation>la base de datos es de solo lectura</translation>
        </message>
        <message>
            <source>database disk image is malformed</source>
            <translation>el archivo de la base de datos está dañado</translation>
        </message>
        <message>
            <source>database is locked</source>
            <translation>la base de datos está bloqueada</translation>
        </message>
        <message>
            <source>disk I/O error</source>
            <translation>error de entrada/salida del disco</translation>
        </message>
        <message>
            <source>file is not a database</source>
            <translation>el archivo no es una base de datos</translation>
        </message>
        <message>
            <source>it ended before its end</source>
            <translation>terminó antes de tiempo</translation>
        </message>
        <message>
            <source>it has lost something that you said</source>
            <translation>ha perdido algo de lo que indicaste</translation>
        </message>
        <message>
            <source>more came than was told</source>
            <translation>llegó más de lo anunciado</translation>
        </message>
        <message>
            <source>nothing came any more</source>
            <translation>dejaron de llegar datos</translation>
        </message>
        <message>
            <source>once</source>
            <translation>una vez</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>se cortó la conexión</translation>
        </message>
        <message>
            <source>the file is missing or empty</source>
            <translation>falta el archivo o está vacío</translation>
        </message>
        <message>
            <source>the proxy cannot be reached</source>
            <translation>no se puede acceder al proxy</translation>
        </message>
        <message>
            <source>the server answers something else than was asked</source>
            <translation>el servidor responde algo distinto de lo que se pidió</translation>
        </message>
        <message>
            <source>the server cannot be reached</source>
            <translation>no se puede acceder al servidor</translation>
        </message>
        <message>
            <source>the server is busy ({0})</source>
            <translation>el servidor está ocupado ({0})</translation>
        </message>
        <message>
            <source>unable to open database file</source>
            <translation>no se puede abrir el archivo de la base de datos</translation>
        </message>
        <message>
            <source>{0} What was seen of it before is kept.</source>
            <translation>{0} Lo que se vio antes en ella se conserva.</translation>
        </message>
        <message>
            <source>{0} failed.</source>
            <translation>{0}: error.</translation>
        </message>
        <message>
            <source>{0} files</source>
            <translation>{0} archivos</translation>
        </message>
        <message>
            <source>a picture of GIMP (XCF)</source>
            <translation>una imagen de GIMP (XCF)</translation>
        </message>
        <message>
            <source>a stranger</source>
            <translation>una persona desconocida</translation>
        </message>
        <message>
            <source>a web page</source>
            <translation>una página web</translation>
        </message>
        <message>
            <source>an OpenEXR picture</source>
            <translation>una imagen OpenEXR</translation>
        </message>
        <message>
            <source>an archive (gzip)</source>
            <translation>un archivo comprimido (gzip)</translation>
        </message>
        <message>
            <source>an icon (ICNS)</source>
            <translation>un icono (ICNS)</translation>
        </message>
        <message>
            <source>an icon (ICO)</source>
            <translation>un icono (ICO)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>una persona sin nombre</translation>
        </message>
        <message>
            <source>and no</source>
            <translation>ni</translation>
        </message>
        <message>
            <source>face-{0} is not a face here that can be compared.</source>
            <translation>face-{0} no es una cara de aquí que se pueda comparar.</translation>
        </message>
        <message>
            <source>hard links</source>
            <translation>enlaces duros</translation>
        </message>
        <message>
            <source>has changed</source>
            <translation>ha cambiado</translation>
        </message>
        <message>
            <source>hid 1 unnamed person</source>
            <translation>se ocultó a 1 persona sin nombre</translation>
        </message>
        <message>
            <source>hid {0} unnamed people</source>
            <translation>se ocultó a {0} personas sin nombre</translation>
        </message>
        <message>
            <source>hidden or shown</source>
            <translation>se ocultan o muestran</translation>
        </message>
        <message>
            <source>is full</source>
            <translation>está lleno</translation>
        </message>
        <message>
            <source>is new</source>
            <translation>es nuevo</translation>
        </message>
        <message>
            <source>is not staff</source>
            <translation>no es del personal</translation>
        </message>
        <message>
            <source>is shown again</source>
            <translation>se vuelve a mostrar</translation>
        </message>
        <message>
            <source>is staff</source>
            <translation>es del personal</translation>
        </message>
        <message>
            <source>it is not a table of options</source>
            <translation>no es una tabla de opciones</translation>
        </message>
        <message>
            <source>new face</source>
            <translation>cara nueva</translation>
        </message>
        <message>
            <source>no pictures</source>
            <translation>sin imágenes</translation>
        </message>
        <message>
            <source>nobody answers</source>
            <translation>nadie responde</translation>
        </message>
        <message>
            <source>not</source>
            <translation>no es esta persona</translation>
        </message>
        <message>
            <source>not a face</source>
            <translation>no es una cara</translation>
        </message>
        <message>
            <source>nothing to read</source>
            <translation>nada que leer</translation>
        </message>
        <message>
            <source>page of {0}</source>
            <translation>página de {0}</translation>
        </message>
        <message>
            <source>said to be staff</source>
            <translation>se indican como personal</translation>
        </message>
        <message>
            <source>somebody else</source>
            <translation>otra persona</translation>
        </message>
        <message>
            <source>someone else</source>
            <translation>otra persona</translation>
        </message>
        <message>
            <source>strangers</source>
            <translation>personas desconocidas</translation>
        </message>
        <message>
            <source>that 1 of them is {0}</source>
            <translation>1 de ellas: {0}</translation>
        </message>
        <message>
            <source>that is no name of a folder</source>
            <translation>ese no es un nombre de carpeta</translation>
        </message>
        <message>
            <source>that it is {0}</source>
            <translation>{0}</translation>
        </message>
        <message>
            <source>that {0} of them are {1}</source>
            <translation>{0} de ellas: {1}</translation>
        </message>
        <message>
            <source>the disk refused</source>
            <translation>el disco lo rechazó</translation>
        </message>
        <message>
            <source>the person of {0} photos</source>
            <translation>la persona de {0} fotos</translation>
        </message>
        <message>
            <source>there is no folder for a socket</source>
            <translation>no hay carpeta para un socket</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>esta persona</translation>
        </message>
        <message>
            <source>this system has none</source>
            <translation>este sistema no tiene</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} y {1}</translation>
        </message>
        <message>
            <source>{0} and {1} are different people</source>
            <translation>{0} y {1} son personas distintas</translation>
        </message>
        <message>
            <source>{0} are not faces</source>
            <translation>{0} no son caras</translation>
        </message>
        <message>
            <source>{0} are shown again</source>
            <translation>Se vuelve a mostrar a {0}</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}).</source>
            <translation>No se puede leer {0} ({1}).</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). Install Kinfolk again.</source>
            <translation>No se puede leer {0} ({1}). Instala Kinfolk de nuevo.</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). {2}</source>
            <translation>No se puede leer {0} ({1}). {2}</translation>
        </message>
        <message>
            <source>{0} cannot be written ({1}), so that the models could not be checked later. Is the disk full or read-only?</source>
            <translation>No se puede escribir {0} ({1}), de modo que los modelos no se podrían comprobar después. ¿Está el disco lleno o es de solo lectura?</translation>
        </message>
        <message>
            <source>{0} cannot load the model {1}: {2}</source>
            <translation>{0} no puede cargar el modelo {1}: {2}</translation>
        </message>
        <message>
            <source>{0} does not exist.</source>
            <translation>{0} no existe.</translation>
        </message>
        <message>
            <source>{0} does not start: a driver or library of it is missing.</source>
            <translation>{0} no se inicia: falta un controlador o una biblioteca que necesita.</translation>
        </message>
        <message>
            <source>{0} erased. Undo only lets Kinfolk learn them anew, without a name</source>
            <translation>{0}. Deshacer solo permite que Kinfolk las aprenda de nuevo, sin nombre</translation>
        </message>
        <message>
            <source>{0} faces</source>
            <translation>{0} caras</translation>
        </message>
        <message>
            <source>{0} faces and their embeddings are</source>
            <translation>Se han borrado {0} caras y sus rasgos</translation>
        </message>
        <message>
            <source>{0} faces are not {1}</source>
            <translation>{0} caras no son de {1}</translation>
        </message>
        <message>
            <source>{0} faces are strangers</source>
            <translation>{0} caras son de personas desconocidas</translation>
        </message>
        <message>
            <source>{0} faces are {1}</source>
            <translation>{0} caras son de {1}</translation>
        </message>
        <message>
            <source>{0} faces are {1}, not {2}</source>
            <translation>{0} caras son de {1}, no de {2}</translation>
        </message>
        <message>
            <source>{0} faces that you placed are</source>
            <translation>{0} caras que colocaste están</translation>
        </message>
        <message>
            <source>{0} faces with {1} look like someone else. Do they belong there?</source>
            <translation>{0} caras de {1} parecen de otra persona. ¿Deben estar ahí?</translation>
        </message>
        <message>
            <source>{0} grouped. {1} now.</source>
            <translation>Agrupación: {0}. Ahora {1}.</translation>
        </message>
        <message>
            <source>{0} has a name already; answer with yes or no.</source>
            <translation>{0} ya tiene nombre; responde con yes o no.</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1}</source>
            <translation>{0} en fotos tomadas antes de {1}</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1} will leave at the next grouping</source>
            <translation>En la próxima agrupación se retirará: {0} en fotos tomadas antes de {1}</translation>
        </message>
        <message>
            <source>{0} is done.</source>
            <translation>{0}: listo.</translation>
        </message>
        <message>
            <source>{0} is missing</source>
            <translation>falta {0}</translation>
        </message>
        <message>
            <source>{0} is neither a command nor a file; see `kinfolk --help`.</source>
            <translation>{0} no es una orden ni un archivo; consulta `kinfolk --help`.</translation>
        </message>
        <message>
            <source>{0} is no folder.</source>
            <translation>{0} no es una carpeta.</translation>
        </message>
        <message>
            <source>{0} is no zip archive, or a damaged one.</source>
            <translation>{0} no es un archivo ZIP, o está dañado.</translation>
        </message>
        <message>
            <source>{0} is not a folder.</source>
            <translation>{0} no es una carpeta.</translation>
        </message>
        <message>
            <source>{0} is not in the library; `kinfolk index` adds it.</source>
            <translation>{0} no está en la biblioteca; `kinfolk index` lo añade.</translation>
        </message>
        <message>
            <source>{0} is not staff</source>
            <translation>{0} no es del personal</translation>
        </message>
        <message>
            <source>{0} is of another version of Kinfolk. Install Kinfolk again.</source>
            <translation>{0} es de otra versión de Kinfolk. Instala Kinfolk de nuevo.</translation>
        </message>
        <message>
            <source>{0} is shown again</source>
            <translation>Se vuelve a mostrar a {0}</translation>
        </message>
        <message>
            <source>{0} is staff</source>
            <translation>{0} es del personal</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>Análisis: {0}</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found</source>
            <translation>Análisis: {0}, con {1}</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found; {2} skipped</source>
            <translation>Análisis: {0}, con {1}; omitido: {2}</translation>
        </message>
        <message>
            <source>{0} looked at; {1} skipped</source>
            <translation>Análisis: {0}; omitido: {1}</translation>
        </message>
        <message>
            <source>{0} new faces</source>
            <translation>{0} caras nuevas</translation>
        </message>
        <message>
            <source>{0} no faces any more; the next grouping drops them.</source>
            <translation>{0} caras; la próxima agrupación las quita.</translation>
        </message>
        <message>
            <source>{0} of the faces are</source>
            <translation>{0} de las caras no son</translation>
        </message>
        <message>
            <source>{0} people</source>
            <translation>{0} personas</translation>
        </message>
        <message>
            <source>{0} people and groups</source>
            <translation>{0} personas y grupos</translation>
        </message>
        <message>
            <source>{0} people are not staff</source>
            <translation>{0} personas no son del personal</translation>
        </message>
        <message>
            <source>{0} people are shown again</source>
            <translation>Se vuelve a mostrar a {0} personas</translation>
        </message>
        <message>
            <source>{0} people are staff</source>
            <translation>{0} personas son del personal</translation>
        </message>
        <message>
            <source>{0} photos</source>
            <translation>{0} fotos</translation>
        </message>
        <message>
            <source>{0} says nothing of: {1}. {2}</source>
            <translation>{0} no dice nada de: {1}. {2}</translation>
        </message>
        <message>
            <source>{0} times</source>
            <translation>{0} veces</translation>
        </message>
        <message>
            <source>{0} unnamed people</source>
            <translation>{0} personas sin nombre</translation>
        </message>
        <message>
            <source>{0} unnamed people have</source>
            <translation>{0} personas sin nombre ya no tienen</translation>
        </message>
        <message>
            <source>{0} was born in {1}</source>
            <translation>{0} nació en {1}</translation>
        </message>
        <message>
            <source>{0} was cancelled; what it did until then stays.</source>
            <translation>{0}: cancelado; lo hecho hasta entonces se conserva.</translation>
        </message>
        <message>
            <source>{0}, which says what the models were, cannot be read. Delete it, and the models that there are now count as yours.</source>
            <translation>No se puede leer {0}, que dice cuáles eran los modelos. Elimínalo, y los modelos que hay ahora contarán como tuyos.</translation>
        </message>
        <message>
            <source>“{0}” cannot be written: {1}.</source>
            <translation>No se puede escribir «{0}»: {1}.</translation>
        </message>
        <message>
            <source>“{0}” is a folder of Kinfolk's own; choose another.</source>
            <translation>«{0}» es una carpeta del propio Kinfolk; elige otra.</translation>
        </message>
        <message>
            <source>“{0}” is no name of a file.</source>
            <translation>«{0}» no es un nombre de archivo.</translation>
        </message>
        <message>
            <source>“{0}” is not asked any more; `kinfolk suggestions` lists what is.</source>
            <translation>«{0}» ya no se pregunta; `kinfolk suggestions` lista lo que sí.</translation>
        </message>
        <message>
            <source>“{0}” is on another drive than “{1}”, and no file has a name on two drives. Use --as copy.</source>
            <translation>«{0}» está en otra unidad que «{1}», y ningún archivo tiene un nombre en dos unidades. Usa --as copy.</translation>
        </message>
        <message>
            <source>“{0}” lies in a folder that Kinfolk watches: what is exported there comes back as copies. Choose another folder.</source>
            <translation>«{0}» está en una carpeta que Kinfolk vigila: lo que se exporte ahí vuelve como copias. Elige otra carpeta.</translation>
        </message>
    </context>
    <context>
        <name>search</name>
        <message>
            <source>All of {0}</source>
            <translation>Todo {0}</translation>
        </message>
        <message>
            <source>Any date</source>
            <translation>Cualquier fecha</translation>
        </message>
        <message>
            <source>Any folder</source>
            <translation>Cualquier carpeta</translation>
        </message>
        <message>
            <source>Back to where the search began</source>
            <translation>Volver al comienzo de la búsqueda</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Cambiar</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Borrar</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Borrar la búsqueda</translation>
        </message>
        <message>
            <source>Dates of the photos</source>
            <translation>Fechas de las fotos</translation>
        </message>
        <message>
            <source>Dates…</source>
            <translation>Fechas…</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>Buscar personas</translation>
        </message>
        <message>
            <source>Find people by name</source>
            <translation>Buscar personas por nombre</translation>
        </message>
        <message>
            <source>Folder of the photos</source>
            <translation>Carpeta de las fotos</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>Carpeta…</translation>
        </message>
        <message>
            <source>For example: anna ben -carl, anna or ben, only anna, 2019</source>
            <translation>Por ejemplo: anna ben -carl, anna o ben, solo anna, 2019</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Leave out {0}: {1}</source>
            <translation>Quitar {0}: {1}</translation>
        </message>
        <message>
            <source>No photo shows {0}</source>
            <translation>No hay fotos con {0}</translation>
        </message>
        <message>
            <source>No photos</source>
            <translation>No hay fotos</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”.</source>
            <translation>Aquí nadie se llama «{0}».</translation>
        </message>
        <message>
            <source>One of</source>
            <translation>Cualquiera de varias</translation>
        </message>
        <message>
            <source>Only these people</source>
            <translation>Solo estas personas</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Quitar</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Mostrar todas las fotos de esta persona</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Mostrar todas las fotos de {0}</translation>
        </message>
        <message>
            <source>The whole of {0}</source>
            <translation>Todo {0}</translation>
        </message>
        <message>
            <source>There is no folder “{0}” here.</source>
            <translation>Aquí no hay ninguna carpeta «{0}».</translation>
        </message>
        <message>
            <source>There is no photo</source>
            <translation>No hay ninguna foto</translation>
        </message>
        <message>
            <source>There is one choice with “or” already.</source>
            <translation>Ya hay una elección con «o».</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Persona sin nombre</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Hasta</translation>
        </message>
        <message>
            <source>With</source>
            <translation>Con</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>Sin</translation>
        </message>
        <message>
            <source>after</source>
            <translation>después de</translation>
        </message>
        <message>
            <source>and</source>
            <translation>y</translation>
        </message>
        <message>
            <source>and…</source>
            <translation>y…</translation>
        </message>
        <message>
            <source>before</source>
            <translation>antes de</translation>
        </message>
        <message>
            <source>from</source>
            <translation>de</translation>
        </message>
        <message>
            <source>in</source>
            <translation>en</translation>
        </message>
        <message>
            <source>in {0}</source>
            <translation>en {0}</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>nadie</translation>
        </message>
        <message>
            <source>not</source>
            <translation>no</translation>
        </message>
        <message>
            <source>one of</source>
            <translation>cualquiera de</translation>
        </message>
        <message>
            <source>only</source>
            <translation>solo</translation>
        </message>
        <message>
            <source>or</source>
            <translation>o</translation>
        </message>
        <message>
            <source>since</source>
            <translation>desde</translation>
        </message>
        <message>
            <source>the dates</source>
            <translation>las fechas</translation>
        </message>
        <message>
            <source>the folder</source>
            <translation>la carpeta</translation>
        </message>
        <message>
            <source>to</source>
            <translation>a</translation>
        </message>
        <message>
            <source>until</source>
            <translation>hasta</translation>
        </message>
        <message>
            <source>with</source>
            <translation>con</translation>
        </message>
        <message>
            <source>without</source>
            <translation>sin</translation>
        </message>
        <message>
            <source>{0} together</source>
            <translation>{0} a la vez</translation>
        </message>
        <message>
            <source>“only”</source>
            <translation>«solo»</translation>
        </message>
        <message>
            <source>“without {0}”</source>
            <translation>«sin {0}»</translation>
        </message>
        <message>
            <source>“{0}” could be {1}.</source>
            <translation>«{0}» podría ser {1}.</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>A cloud drive lists files that are not on this disk.</source>
            <translation>Un servicio en la nube lista archivos que no están en este equipo.</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is. From 0 to 1.</source>
            <translation>Una cara de menor calidad no cuenta como desconocida: no se puede saber quién es. De 0 a 1.</translation>
        </message>
        <message>
            <source>A face of {0} that would be with nobody</source>
            <translation>Una cara que dejaría de estar con {0} y quedaría sola</translation>
        </message>
        <message>
            <source>A face that would come to {0}</source>
            <translation>Una cara que pasaría a {0}</translation>
        </message>
        <message>
            <source>A face that would go from {0} to {1}</source>
            <translation>Una cara que pasaría de {0} a {1}</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>Una imagen mayor se omite.</translation>
        </message>
        <message>
            <source>A photo on every core. What you do on the computer still goes first.</source>
            <translation>Una foto en cada núcleo. Lo que hagas en el equipo sigue teniendo prioridad.</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>Una foto que necesita más memoria que esta para analizarse se omite.</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>Una foto que tarda más en analizarse se omite.</translation>
        </message>
        <message>
            <source>A program of your own can be told of everything, too.</source>
            <translation>También se puede avisar de todo a un programa tuyo.</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>Una persona desconocida activa una alerta cuando aparece en este número de fotos en total.</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>Un vídeo que tarda más en analizarse se omite.</translation>
        </message>
        <message>
            <source>AMD graphics card (MIGraphX)</source>
            <translation>Tarjeta gráfica AMD (MIGraphX)</translation>
        </message>
        <message>
            <source>AMD graphics card (ROCm)</source>
            <translation>Tarjeta gráfica AMD (ROCm)</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Avanzado</translation>
        </message>
        <message>
            <source>Alerts for strangers</source>
            <translation>Alertas por personas desconocidas</translation>
        </message>
        <message numerus="yes">
            <source>Alerts in {0} days</source>
            <translation>
                <numerusform>Alertas en {0} día</numerusform>
                <numerusform>Alertas en {0} días</numerusform>
            </translation>
        </message>
        <message>
            <source>Alerts, and all work that ends while you look elsewhere.</source>
            <translation>Alertas, y todo trabajo que termine mientras miras a otro lado.</translation>
        </message>
        <message>
            <source>Alerts, and work of over a minute that ends while you look elsewhere.</source>
            <translation>Alertas, y trabajos de más de un minuto que terminen mientras miras a otro lado.</translation>
        </message>
        <message>
            <source>All groups are made anew. Names and everything else that you said stay as they are.</source>
            <translation>Todos los grupos se forman de nuevo. Los nombres y todo lo demás que has indicado quedan como están.</translation>
        </message>
        <message>
            <source>All settings are as by default.</source>
            <translation>Todos los ajustes tienen su valor predeterminado.</translation>
        </message>
        <message>
            <source>Apple’s graphics and neural engine (Core ML)</source>
            <translation>Gráficos y motor neuronal de Apple (Core ML)</translation>
        </message>
        <message>
            <source>Applied.</source>
            <translation>Aplicado.</translation>
        </message>
        <message>
            <source>Applied. All groups are made anew; the strip at the bottom shows it.</source>
            <translation>Aplicado. Todos los grupos se forman de nuevo; la franja inferior lo muestra.</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Aplicar</translation>
        </message>
        <message>
            <source>Are left with nobody</source>
            <translation>Ya no están con nadie</translation>
        </message>
        <message>
            <source>As a cloud service has it: large, straight, clear</source>
            <translation>Como en un servicio en la nube: grandes, de frente, nítidas</translation>
        </message>
        <message>
            <source>As measured for the models in use</source>
            <translation>Lo medido para los modelos en uso</translation>
        </message>
        <message>
            <source>As measured on albums of families</source>
            <translation>Lo medido en álbumes de familias</translation>
        </message>
        <message>
            <source>As photos come in</source>
            <translation>A medida que llegan fotos</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Como el escritorio</translation>
        </message>
        <message>
            <source>As the library</source>
            <translation>Como la biblioteca</translation>
        </message>
        <message>
            <source>As the library ({0})</source>
            <translation>Como la biblioteca ({0})</translation>
        </message>
        <message>
            <source>As the system says</source>
            <translation>Según el sistema</translation>
        </message>
        <message>
            <source>At full speed, and gently while the computer runs on its battery.</source>
            <translation>A máxima velocidad, y con suavidad mientras el equipo funciona con batería.</translation>
        </message>
        <message>
            <source>At intervals</source>
            <translation>A intervalos</translation>
        </message>
        <message>
            <source>At most so many of one video are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>De un vídeo se analizan como máximo estos, repartidos por su duración: menos es más rápido, más encuentra a quienes solo se ven un momento.</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automático</translation>
        </message>
        <message>
            <source>Bursts and versions of a picture are shown as one, the best on top.</source>
            <translation>Las ráfagas y versiones de una imagen se muestran como una, con la mejor arriba.</translation>
        </message>
        <message>
            <source>Cameras and visitors</source>
            <translation>Cámaras y visitantes</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cards that come: {0}. Cards that go: {1}; these stay among those seen only a few times.</source>
            <translation>Tarjetas nuevas: {0}. Tarjetas que desaparecen: {1}; siguen entre quienes solo aparecen unas pocas veces.</translation>
        </message>
        <message>
            <source>Categories</source>
            <translation>Categorías</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Cambiado</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Elegir…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Colores</translation>
        </message>
        <message>
            <source>Come to a group</source>
            <translation>Entran en un grupo</translation>
        </message>
        <message>
            <source>Count different people</source>
            <translation>Contar personas distintas</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Oscuro</translation>
        </message>
        <message>
            <source>Default: {0}</source>
            <translation>Predeterminado: {0}</translation>
        </message>
        <message>
            <source>Download them</source>
            <translation>Descargarlas</translation>
        </message>
        <message>
            <source>End Kinfolk</source>
            <translation>Salir de Kinfolk</translation>
        </message>
        <message>
            <source>Erase those without a name after</source>
            <translation>Borrar a quienes no tengan nombre tras</translation>
        </message>
        <message>
            <source>Every album</source>
            <translation>Todos los álbumes</translation>
        </message>
        <message>
            <source>Every so many minutes, and not in between.</source>
            <translation>Cada cierto número de minutos, y no entretanto.</translation>
        </message>
        <message>
            <source>Everybody is kept</source>
            <translation>Se conserva a todos</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Todo</translation>
        </message>
        <message>
            <source>Everything is as the library has it.</source>
            <translation>Todo está como en la biblioteca.</translation>
        </message>
        <message>
            <source>Faces erased for good</source>
            <translation>Caras borradas para siempre</translation>
        </message>
        <message>
            <source>Faces in videos</source>
            <translation>Caras en vídeos</translation>
        </message>
        <message>
            <source>Faces that move</source>
            <translation>Caras que cambian de lugar</translation>
        </message>
        <message>
            <source>Frames of a video</source>
            <translation>Fotogramas de un vídeo</translation>
        </message>
        <message>
            <source>From one time to the next</source>
            <translation>De una vez a la siguiente</translation>
        </message>
        <message>
            <source>From {0} on.</source>
            <translation>A partir de {0}.</translation>
        </message>
        <message>
            <source>From {0} to {1}.</source>
            <translation>De {0} a {1}.</translation>
        </message>
        <message>
            <source>Full speed</source>
            <translation>Máxima velocidad</translation>
        </message>
        <message>
            <source>Gentle</source>
            <translation>Suave</translation>
        </message>
        <message>
            <source>Get a card</source>
            <translation>Obtienen una tarjeta</translation>
        </message>
        <message>
            <source>Go to another group</source>
            <translation>Pasan a otro grupo</translation>
        </message>
        <message>
            <source>Graphics card (DirectML)</source>
            <translation>Tarjeta gráfica (DirectML)</translation>
        </message>
        <message>
            <source>Graphics card (WebGPU)</source>
            <translation>Tarjeta gráfica (WebGPU)</translation>
        </message>
        <message>
            <source>Groups in all</source>
            <translation>Grupos en total</translation>
        </message>
        <message>
            <source>Holds for videos that are looked at from now on.</source>
            <translation>Vale para los vídeos que se analicen desde ahora.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on, for pictures that are made then.</source>
            <translation>Vale desde el próximo inicio de Kinfolk, para las imágenes que se creen entonces.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on.</source>
            <translation>Vale desde el próximo inicio de Kinfolk.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on: then every photo is looked at again. What you said stays.</source>
            <translation>Vale desde el próximo inicio de Kinfolk: entonces se analiza de nuevo cada foto. Lo que has indicado se mantiene.</translation>
        </message>
        <message>
            <source>How alike faces must be</source>
            <translation>Cuánto deben parecerse las caras</translation>
        </message>
        <message>
            <source>How far a clear face may be turned</source>
            <translation>Cuánto puede estar girada una cara nítida</translation>
        </message>
        <message>
            <source>How hard Kinfolk works</source>
            <translation>Con qué intensidad trabaja Kinfolk</translation>
        </message>
        <message>
            <source>Intel’s graphics and processors (OpenVINO)</source>
            <translation>Gráficos y procesadores de Intel (OpenVINO)</translation>
        </message>
        <message>
            <source>It is ended when it takes longer.</source>
            <translation>Se detiene si tarda más.</translation>
        </message>
        <message>
            <source>It is run when work ends and for every alert, with a JSON document on its standard input. It has {0} seconds.</source>
            <translation>Se ejecuta cuando termina un trabajo y con cada alerta, con un documento JSON en su entrada estándar. Dispone de {0} segundos.</translation>
        </message>
        <message>
            <source>Its own</source>
            <translation>Propio</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Seguir vigilando</translation>
        </message>
        <message>
            <source>Keeping and disk</source>
            <translation>Conservación y disco</translation>
        </message>
        <message>
            <source>Kinfolk looks at a few frames of each.</source>
            <translation>Kinfolk analiza unos cuantos fotogramas de cada uno.</translation>
        </message>
        <message>
            <source>Kinfolk stays in the tray, and tells of strangers.</source>
            <translation>Kinfolk se queda en la bandeja del sistema y avisa de personas desconocidas.</translation>
        </message>
        <message>
            <source>Kinfolk’s own</source>
            <translation>Los de Kinfolk</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <source>Leave everything as it is</source>
            <translation>Deja todo como está</translation>
        </message>
        <message>
            <source>Leave them there</source>
            <translation>Dejarlas ahí</translation>
        </message>
        <message>
            <source>Leave videos alone</source>
            <translation>Dejar los vídeos de lado</translation>
        </message>
        <message>
            <source>Length of a visit</source>
            <translation>Duración de una visita</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <source>Light or dark, or as the rest of the desktop.</source>
            <translation>Claro u oscuro, o como el resto del escritorio.</translation>
        </message>
        <message>
            <source>Look for them</source>
            <translation>Buscarlas</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Análisis de fotos</translation>
        </message>
        <message>
            <source>Looking at photos takes a while, and the computer is needed for other things.</source>
            <translation>Analizar fotos lleva un rato, y el equipo hace falta para otras cosas.</translation>
        </message>
        <message>
            <source>Looking at them fetches them, over whatever connection there is.</source>
            <translation>Al analizarlas se descargan, con la conexión que haya.</translation>
        </message>
        <message>
            <source>Looks and language</source>
            <translation>Aspecto e idioma</translation>
        </message>
        <message>
            <source>Looser</source>
            <translation>Más laxo</translation>
        </message>
        <message>
            <source>Lose their card</source>
            <translation>Pierden su tarjeta</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Medir</translation>
        </message>
        <message>
            <source>Measure again</source>
            <translation>Medir de nuevo</translation>
        </message>
        <message>
            <source>Measured on this computer: {0}.</source>
            <translation>Medido en este equipo: {0}.</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Midiendo</translation>
        </message>
        <message>
            <source>Measuring takes about a minute, in which Kinfolk looks at no photos.</source>
            <translation>La medición tarda alrededor de un minuto, durante el cual Kinfolk no analiza fotos.</translation>
        </message>
        <message>
            <source>Measuring. Meanwhile no photos are looked at.</source>
            <translation>Midiendo. Mientras tanto no se analizan fotos.</translation>
        </message>
        <message>
            <source>Memory for a photo</source>
            <translation>Memoria para una foto</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Models that look at photos</source>
            <translation>Modelos que analizan las fotos</translation>
        </message>
        <message>
            <source>More need more memory, and are quicker only where there are as many cores.</source>
            <translation>Más requieren más memoria, y solo van más rápido si hay otros tantos núcleos.</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (CUDA)</source>
            <translation>Tarjeta gráfica NVIDIA (CUDA)</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (TensorRT)</source>
            <translation>Tarjeta gráfica NVIDIA (TensorRT)</translation>
        </message>
        <message>
            <source>New faces are put together this long after the last photo at the latest.</source>
            <translation>Las caras nuevas se agrupan como máximo este tiempo después de la última foto.</translation>
        </message>
        <message>
            <source>New ones stay outside the album; those that are in it stay there.</source>
            <translation>Los nuevos quedan fuera del álbum; los que están en él se quedan.</translation>
        </message>
        <message>
            <source>No collection makes use of this now, so nothing would change.</source>
            <translation>Ahora ninguna colección hace uso de esto, así que no cambiaría nada.</translation>
        </message>
        <message>
            <source>No setting is about “{0}”.</source>
            <translation>Ningún ajuste trata de «{0}».</translation>
        </message>
        <message>
            <source>Nobody is told of until it is open.</source>
            <translation>No se avisa de nadie hasta que se abra.</translation>
        </message>
        <message>
            <source>Nobody with a name gains or loses a face.</source>
            <translation>Nadie con nombre gana ni pierde caras.</translation>
        </message>
        <message>
            <source>Nobody would be erased at once.</source>
            <translation>No se borraría a nadie de inmediato.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Ninguna</translation>
        </message>
        <message>
            <source>Not applied yet</source>
            <translation>Aún sin aplicar</translation>
        </message>
        <message>
            <source>Not measured yet.</source>
            <translation>Aún sin medir.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Nada</translation>
        </message>
        <message numerus="yes">
            <source>Nothing would change: all {0} faces stay where they are.</source>
            <translation>
                <numerusform>No cambiaría nada: la única cara se queda donde está.</numerusform>
                <numerusform>No cambiaría nada: las {0} caras se quedan donde están.</numerusform>
            </translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>Now and then while there are many, and shortly after the last one.</source>
            <translation>De vez en cuando mientras haya muchas, y poco después de la última.</translation>
        </message>
        <message>
            <source>Now: at full speed, one photo at a time.</source>
            <translation>Ahora: a máxima velocidad, una foto cada vez.</translation>
        </message>
        <message>
            <source>Now: at full speed, {0} photos at a time.</source>
            <translation>Ahora: a máxima velocidad, {0} fotos a la vez.</translation>
        </message>
        <message>
            <source>Now: gently, one photo at a time.</source>
            <translation>Ahora: con suavidad, una foto cada vez.</translation>
        </message>
        <message>
            <source>Of a stranger’s face of at least this quality one photo is enough. From 0 to 1.</source>
            <translation>De la cara de una persona desconocida con al menos esta calidad basta una foto. De 0 a 1.</translation>
        </message>
        <message>
            <source>Of the window; the command line speaks English.</source>
            <translation>El de la ventana; la línea de órdenes habla inglés.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Desactivado</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Activado</translation>
        </message>
        <message>
            <source>On the desktop</source>
            <translation>En el escritorio</translation>
        </message>
        <message>
            <source>One on every core</source>
            <translation>Una en cada núcleo</translation>
        </message>
        <message>
            <source>One photo at a time on one core, after everything else on the computer.</source>
            <translation>Una foto cada vez en un núcleo, después de todo lo demás en el equipo.</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>La misma persona desconocida no activa una segunda alerta antes de este tiempo.</translation>
        </message>
        <message>
            <source>Only clear faces make a person: larger than this…</source>
            <translation>Solo las caras nítidas forman una persona: mayores que esto…</translation>
        </message>
        <message>
            <source>Only downloads of models that you ask for use a network.</source>
            <translation>La red solo se usa para las descargas de modelos que pidas.</translation>
        </message>
        <message>
            <source>Only its own</source>
            <translation>Solo la propia</translation>
        </message>
        <message>
            <source>People with a card</source>
            <translation>Personas con tarjeta</translation>
        </message>
        <message>
            <source>Photos at a time, at full speed</source>
            <translation>Fotos a la vez, a máxima velocidad</translation>
        </message>
        <message>
            <source>Photos in the cloud</source>
            <translation>Fotos en la nube</translation>
        </message>
        <message>
            <source>Photos of a stranger</source>
            <translation>Fotos de una persona desconocida</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>Las fotos de una persona desconocida cuentan juntas dentro de este tiempo.</translation>
        </message>
        <message>
            <source>Photos that make a person</source>
            <translation>Fotos para formar una persona</translation>
        </message>
        <message>
            <source>Proxy for downloads</source>
            <translation>Proxy para descargas</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>Agrupación de caras</translation>
        </message>
        <message>
            <source>Putting faces together makes people of them.</source>
            <translation>Al agrupar, las caras se convierten en personas.</translation>
        </message>
        <message>
            <source>Qualcomm’s neural processor (QNN)</source>
            <translation>Procesador neuronal de Qualcomm (QNN)</translation>
        </message>
        <message>
            <source>Quality at which one photo is enough</source>
            <translation>Calidad con la que basta una foto</translation>
        </message>
        <message>
            <source>Quality of a clear face</source>
            <translation>Calidad de una cara nítida</translation>
        </message>
        <message>
            <source>Quality of a stranger’s face</source>
            <translation>Calidad de la cara de una persona desconocida</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Restablecer todo</translation>
        </message>
        <message>
            <source>Reset to default</source>
            <translation>Restablecer</translation>
        </message>
        <message>
            <source>Room for small pictures</source>
            <translation>Espacio para imágenes pequeñas</translation>
        </message>
        <message>
            <source>Run a command</source>
            <translation>Ejecutar una orden</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Guardado.</translation>
        </message>
        <message>
            <source>Search settings</source>
            <translation>Buscar ajustes</translation>
        </message>
        <message>
            <source>Set what was tried out</source>
            <translation>Aplica lo que se ha probado</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Ajustes</translation>
        </message>
        <message>
            <source>Settings of “{0}”</source>
            <translation>Ajustes de «{0}»</translation>
        </message>
        <message>
            <source>Size of a clear face</source>
            <translation>Tamaño de una cara nítida</translation>
        </message>
        <message>
            <source>Size of a picture</source>
            <translation>Tamaño de una imagen</translation>
        </message>
        <message>
            <source>Small pictures of faces</source>
            <translation>Imágenes pequeñas de caras</translation>
        </message>
        <message>
            <source>Small pictures of photos</source>
            <translation>Imágenes pequeñas de fotos</translation>
        </message>
        <message>
            <source>Somebody unknown before the camera is told of at once.</source>
            <translation>Si hay alguien desconocido ante la cámara, se avisa al momento.</translation>
        </message>
        <message>
            <source>Somebody who would be among those seen only a few times</source>
            <translation>Alguien que estaría entre quienes solo aparecen unas pocas veces</translation>
        </message>
        <message>
            <source>Somebody who would get a card</source>
            <translation>Alguien que obtendría una tarjeta</translation>
        </message>
        <message>
            <source>Somebody without a name gets a card among the people once so many photos show a clear face of them.</source>
            <translation>Quien no tiene nombre obtiene una tarjeta entre las personas en cuanto este número de fotos muestra su cara con nitidez.</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>Apilar fotos parecidas</translation>
        </message>
        <message>
            <source>Strict</source>
            <translation>Estrictos</translation>
        </message>
        <message>
            <source>Stricter</source>
            <translation>Más estricto</translation>
        </message>
        <message>
            <source>Stricter keeps people apart who look alike, and leaves more faces alone. Looser puts more faces together, and now and then two people.</source>
            <translation>Más estricto separa a personas que se parecen, y deja más caras solas. Más laxo agrupa más caras, y de vez en cuando las de dos personas.</translation>
        </message>
        <message>
            <source>Taken back.</source>
            <translation>Deshecho.</translation>
        </message>
        <message>
            <source>The People page says how many faces wait, and has a button.</source>
            <translation>La página Personas dice cuántas caras esperan, y tiene un botón.</translation>
        </message>
        <message>
            <source>The fastest. It is found out before the next photo is looked at.</source>
            <translation>Lo más rápido. Se averigua antes de analizar la próxima foto.</translation>
        </message>
        <message>
            <source>The fastest: {0} on {1}.</source>
            <translation>Lo más rápido: {0} en {1}.</translation>
        </message>
        <message>
            <source>The fastest: {0}.</source>
            <translation>Lo más rápido: {0}.</translation>
        </message>
        <message>
            <source>The folder that is offered when photos are exported.</source>
            <translation>La carpeta que se propone al exportar fotos.</translation>
        </message>
        <message>
            <source>The models that find faces run on the processor or a graphics card.</source>
            <translation>Los modelos que encuentran caras se ejecutan en el procesador o en una tarjeta gráfica.</translation>
        </message>
        <message>
            <source>The name of a model pack, or the folder in which it lies.</source>
            <translation>El nombre de un paquete de modelos, o la carpeta en la que está.</translation>
        </message>
        <message>
            <source>The page Visitors shows how many came, by hour and by day.</source>
            <translation>La página Visitantes muestra cuántos vinieron, por hora y por día.</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>El procesador</translation>
        </message>
        <message numerus="yes">
            <source>The {0} photos of that time are judged again, with whom the cameras know today.</source>
            <translation>
                <numerusform>La foto de ese tiempo se juzga de nuevo, con las personas que la cámara conoce hoy.</numerusform>
                <numerusform>Las {0} fotos de ese tiempo se juzgan de nuevo, con las personas que las cámaras conocen hoy.</numerusform>
            </translation>
        </message>
        <message>
            <source>Their long side. Larger ones are sharper, and take more room.</source>
            <translation>Su lado largo. Las mayores son más nítidas y ocupan más espacio.</translation>
        </message>
        <message>
            <source>Their side. Larger ones are sharper, and take more room.</source>
            <translation>Su lado. Las mayores son más nítidas y ocupan más espacio.</translation>
        </message>
        <message>
            <source>There is no such folder.</source>
            <translation>Esa carpeta no existe.</translation>
        </message>
        <message numerus="yes">
            <source>They are in {0} photos, which stay. This cannot be undone.</source>
            <translation>
                <numerusform>Están en {0} foto, que se conserva. Esto no se puede deshacer.</numerusform>
                <numerusform>Están en {0} fotos, que se conservan. Esto no se puede deshacer.</numerusform>
            </translation>
        </message>
        <message>
            <source>They come into the album once they are on this disk.</source>
            <translation>Entran en el álbum en cuanto están en este equipo.</translation>
        </message>
        <message>
            <source>Those who have a name in these collections, and in its own. “all” means every album, “none” only its own.</source>
            <translation>Quienes tienen nombre en estas colecciones y en la suya. «all» es todos los álbumes, «none» es solo la suya.</translation>
        </message>
        <message>
            <source>Time for a photo</source>
            <translation>Tiempo para una foto</translation>
        </message>
        <message>
            <source>Time for a video</source>
            <translation>Tiempo para un vídeo</translation>
        </message>
        <message>
            <source>Time for the command</source>
            <translation>Tiempo para la orden</translation>
        </message>
        <message>
            <source>Time until the same stranger alerts again</source>
            <translation>Tiempo hasta que la misma persona desconocida vuelva a alertar</translation>
        </message>
        <message>
            <source>Try another word, or press Escape to see them all.</source>
            <translation>Prueba con otra palabra, o pulsa Esc para verlos todos.</translation>
        </message>
        <message>
            <source>Two groups become one when their faces are alike by {0} on average, from 0 to 1. Measured for these models: {1}.</source>
            <translation>Dos grupos se unen cuando el parecido medio de sus caras es de {0}, de 0 a 1. Medido para estos modelos: {1}.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Values that go together:</source>
            <translation>Valores que van juntos:</translation>
        </message>
        <message numerus="yes">
            <source>Visits in {0} days</source>
            <translation>
                <numerusform>Visitas en {0} día</numerusform>
                <numerusform>Visitas en {0} días</numerusform>
            </translation>
        </message>
        <message>
            <source>Wait after the last photo</source>
            <translation>Espera tras la última foto</translation>
        </message>
        <message>
            <source>What Kinfolk says while its window is not in front.</source>
            <translation>Lo que Kinfolk avisa mientras su ventana no está delante.</translation>
        </message>
        <message>
            <source>What looks for faces</source>
            <translation>Qué busca las caras</translation>
        </message>
        <message>
            <source>What matters</source>
            <translation>Lo importante</translation>
        </message>
        <message>
            <source>What this would change</source>
            <translation>Lo que cambiaría</translation>
        </message>
        <message>
            <source>When I ask for it</source>
            <translation>Cuando yo lo pida</translation>
        </message>
        <message>
            <source>When new faces are put together</source>
            <translation>Cuándo se agrupan las caras nuevas</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Al cerrar la ventana</translation>
        </message>
        <message>
            <source>When there are more, the oldest go, and are made again if needed.</source>
            <translation>Cuando hay más, se eliminan las más antiguas; si hacen falta, se crean de nuevo.</translation>
        </message>
        <message>
            <source>Where faces are put together at fixed times.</source>
            <translation>Cuando las caras se agrupan a horas fijas.</translation>
        </message>
        <message>
            <source>Where photos were exported last</source>
            <translation>Adónde se exportaron fotos la última vez</translation>
        </message>
        <message>
            <source>Where this is switched on, photos are compared with one another first.</source>
            <translation>Donde se activa, antes se comparan las fotos entre sí.</translation>
        </message>
        <message>
            <source>While a collection has alerts on, and the desktop has a tray.</source>
            <translation>Mientras una colección tenga alertas activadas y el escritorio tenga bandeja del sistema.</translation>
        </message>
        <message>
            <source>Who is a person</source>
            <translation>Quién es una persona</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>Quien no se ve durante más tiempo que este vuelve a venir, como otra visita.</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>Quien siga sin nombre tantos días después de encontrarse la foto se borra para siempre, con cara y rasgos; 0 conserva a todos.</translation>
        </message>
        <message>
            <source>Whose people are known</source>
            <translation>A qué personas se reconoce</translation>
        </message>
        <message>
            <source>Within this time</source>
            <translation>Dentro de este tiempo</translation>
        </message>
        <message>
            <source>Working it out</source>
            <translation>Calculando</translation>
        </message>
        <message>
            <source>Working it out. Nothing is changed yet.</source>
            <translation>Calculando. Aún no ha cambiado nada.</translation>
        </message>
        <message>
            <source>a group without a name</source>
            <translation>un grupo sin nombre</translation>
        </message>
        <message>
            <source>none</source>
            <translation>ninguna</translation>
        </message>
        <message>
            <source>the processor</source>
            <translation>el procesador</translation>
        </message>
        <message>
            <source>{0} MB</source>
            <translation>{0} MB</translation>
        </message>
        <message>
            <source>{0} come to a group, {1} are left with nobody, {2} go to another group.</source>
            <translation>Entran en un grupo: {0}; ya no están con nadie: {1}; pasan a otro grupo: {2}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} days</source>
            <translation>
                <numerusform>{0} día</numerusform>
                <numerusform>{0} días</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} frames</source>
            <translation>
                <numerusform>{0} fotograma</numerusform>
                <numerusform>{0} fotogramas</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} is not possible.</source>
            <translation>{0} no es posible.</translation>
        </message>
        <message numerus="yes">
            <source>{0} megapixels</source>
            <translation>
                <numerusform>{0} megapíxel</numerusform>
                <numerusform>{0} megapíxeles</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} min</translation>
        </message>
        <message numerus="yes">
            <source>{0} people came in that time.</source>
            <translation>
                <numerusform>En ese tiempo vino {0} persona.</numerusform>
                <numerusform>En ese tiempo vinieron {0} personas.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name gain or lose faces; those that you confirmed stay.</source>
            <translation>
                <numerusform>{0} persona con nombre gana o pierde caras; las que confirmaste se quedan.</numerusform>
                <numerusform>{0} personas con nombre ganan o pierden caras; las que confirmaste se quedan.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} foto</numerusform>
                <numerusform>{0} fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} photos/s</source>
            <translation>{0} fotos/s</translation>
        </message>
        <message numerus="yes">
            <source>{0} processes</source>
            <translation>
                <numerusform>{0} proceso</numerusform>
                <numerusform>{0} procesos</numerusform>
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
                <numerusform>{0} ajuste encontrado</numerusform>
                <numerusform>{0} ajustes encontrados</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps</source>
            <translation>
                <numerusform>{0} nivel</numerusform>
                <numerusform>{0} niveles</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps looser than measured</source>
            <translation>
                <numerusform>{0} nivel más laxo que lo medido</numerusform>
                <numerusform>{0} niveles más laxo que lo medido</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps stricter than measured</source>
            <translation>
                <numerusform>{0} nivel más estricto que lo medido</numerusform>
                <numerusform>{0} niveles más estricto que lo medido</numerusform>
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
            <translation>{0}: {1}</translation>
        </message>
        <message>
            <source>{0}°</source>
            <translation>{0}°</translation>
        </message>
        <message>
            <source>…and of a quality above this, from 0 to 1.</source>
            <translation>…y de calidad superior a esta, de 0 a 1.</translation>
        </message>
        <message>
            <source>…turned less than this in every direction…</source>
            <translation>…giradas menos que esto en cualquier dirección…</translation>
        </message>
    </context>
    <context>
        <name>shortcuts</name>
        <message>
            <source>Find a shortcut</source>
            <translation>Buscar un atajo</translation>
        </message>
        <message>
            <source>Find what to do, or a key</source>
            <translation>Buscar una acción o una tecla</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Atajos de teclado</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>No shortcut fits.</source>
            <translation>Ningún atajo coincide.</translation>
        </message>
        <message>
            <source>One photo</source>
            <translation>Una foto</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Acción</translation>
        </message>
    </context>
    <context>
        <name>sidebar</name>
        <message>
            <source>Add folder…</source>
            <translation>Añadir carpeta…</translation>
        </message>
        <message>
            <source>FOLDERS</source>
            <translation>CARPETAS</translation>
        </message>
        <message>
            <source>Find it…</source>
            <translation>Buscarla…</translation>
        </message>
        <message>
            <source>LIBRARY</source>
            <translation>BIBLIOTECA</translation>
        </message>
        <message>
            <source>Look for it again</source>
            <translation>Volver a buscarla</translation>
        </message>
        <message>
            <source>Look for new photos</source>
            <translation>Buscar fotos nuevas</translation>
        </message>
        <message>
            <source>Remove from Kinfolk (files stay)</source>
            <translation>Quitar de Kinfolk (los archivos se quedan)</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <source>Where is “{0}” now?</source>
            <translation>¿Dónde está «{0}» ahora?</translation>
        </message>
        <message>
            <source>being looked through</source>
            <translation>explorándose</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>no encontrada</translation>
        </message>
        <message>
            <source>on a disconnected drive</source>
            <translation>en una unidad desconectada</translation>
        </message>
        <message>
            <source>watched</source>
            <translation>vigilada</translation>
        </message>
    </context>
    <context>
        <name>sidecars</name>
        <message>
            <source>All other names stand beside the photos already.</source>
            <translation>Todos los demás nombres ya están junto a las fotos.</translation>
        </message>
        <message>
            <source>Everyone’s names, beside all photos</source>
            <translation>Los nombres de todos, junto a todas las fotos</translation>
        </message>
        <message>
            <source>Everyone’s names, beside the photos found</source>
            <translation>Los nombres de todos, junto a las fotos encontradas</translation>
        </message>
        <message>
            <source>Faces with another name there</source>
            <translation>Caras que allí tienen otro nombre</translation>
        </message>
        <message>
            <source>Looking at sidecars</source>
            <translation>Análisis de archivos auxiliares</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there…</source>
            <translation>Analizando los archivos auxiliares que hay…</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there… {0} of {1}</source>
            <translation>Analizando los archivos auxiliares que hay… {0} de {1}</translation>
        </message>
        <message>
            <source>Name here</source>
            <translation>Nombre aquí</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>Nombre allí</translation>
        </message>
        <message>
            <source>Names were written beside {0}.</source>
            <translation>Se escribieron nombres junto a {0}.</translation>
        </message>
        <message>
            <source>No sidecar had to be written.</source>
            <translation>No hubo que escribir ningún archivo auxiliar.</translation>
        </message>
        <message>
            <source>Only the name of {0}, beside the photos of {0}</source>
            <translation>Solo el nombre de {0}, junto a las fotos de {0}</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Put the names known here in their place</source>
            <translation>Poner en su lugar los nombres conocidos aquí</translation>
        </message>
        <message>
            <source>Sidecars: {0}.</source>
            <translation>Archivos auxiliares: {0}.</translation>
        </message>
        <message>
            <source>The names leave the library that way: whoever gets these files can read them.</source>
            <translation>Así los nombres salen de la biblioteca: quien reciba estos archivos puede leerlos.</translation>
        </message>
        <message>
            <source>The names stand beside {0} already: nothing is to be done.</source>
            <translation>Los nombres ya están junto a {0}: no hay nada que hacer.</translation>
        </message>
        <message>
            <source>There is nobody with a name in these photos: nothing is to be done.</source>
            <translation>En estas fotos no hay nadie con nombre: no hay nada que hacer.</translation>
        </message>
        <message>
            <source>Who is where goes into small .xmp files beside your photos, where digiKam, Lightroom, Immich and many other programs find it.</source>
            <translation>Quién está dónde se guarda en pequeños archivos .xmp junto a tus fotos, donde lo encuentran digiKam, Lightroom, Immich y muchos otros programas.</translation>
        </message>
        <message>
            <source>Write names</source>
            <translation>Escribir nombres</translation>
        </message>
        <message>
            <source>Write names into sidecars?</source>
            <translation>¿Escribir nombres en archivos auxiliares?</translation>
        </message>
        <message>
            <source>Your photos are never changed, and what other programs wrote into such files stays.</source>
            <translation>Tus fotos nunca se modifican, y lo que otros programas escribieron en esos archivos se conserva.</translation>
        </message>
        <message numerus="yes">
            <source>{0} are right as they are.</source>
            <translation>
                <numerusform>{0} ya está bien.</numerusform>
                <numerusform>{0} ya están bien.</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} cannot be reached now: a drive is not connected.</source>
            <translation>Inaccesible ahora, por una unidad desconectada: {0}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} changed</source>
            <translation>
                <numerusform>{0} cambiado</numerusform>
                <numerusform>{0} cambiados</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} could not be done; the Activity page has the reasons.</source>
            <translation>No fue posible con {0}; la página Actividad tiene los motivos.</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces have other names there, which stay:</source>
            <translation>
                <numerusform>{0} cara tiene allí otro nombre, que se mantiene:</numerusform>
                <numerusform>{0} caras tienen allí otros nombres, que se mantienen:</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} kept another name.</source>
            <translation>Mantienen otro nombre: {0}.</translation>
        </message>
        <message>
            <source>{0} left out: {1}</source>
            <translation>{0} sin tratar: {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} new</source>
            <translation>
                <numerusform>{0} nuevo</numerusform>
                <numerusform>{0} nuevos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} removed, as nothing but old names is in them</source>
            <translation>
                <numerusform>{0} eliminado, pues solo contiene nombres antiguos</numerusform>
                <numerusform>{0} eliminados, pues solo contienen nombres antiguos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>skipped_files</name>
        <message>
            <source>File</source>
            <translation>Archivo</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>Por qué se omitió</translation>
        </message>
        <message>
            <source>{0} for other reasons</source>
            <translation>{0} por otros motivos</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}: {1}</translation>
        </message>
    </context>
    <context>
        <name>top_bar</name>
        <message>
            <source>Order</source>
            <translation>Orden</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>Tamaño de las imágenes</translation>
        </message>
    </context>
    <context>
        <name>tour</name>
        <message>
            <source>Activity tells how far it is and can pause it. History, below, takes back anything you said.</source>
            <translation>Actividad dice hasta dónde ha llegado el trabajo y puede pausarlo. Historial, debajo, retira cualquier cosa que hayas indicado.</translation>
        </message>
        <message>
            <source>Ask for photos in words</source>
            <translation>Pide fotos con palabras</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>Click the line under a face and type who it is. Drag one card onto another when both are the same person.</source>
            <translation>Haz clic en la línea bajo una cara y escribe quién es. Arrastra una tarjeta sobre otra cuando ambas sean la misma persona.</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Listo</translation>
        </message>
        <message>
            <source>Drop a folder with photos here. People appear while Kinfolk looks at them, and you can begin to name them at once.</source>
            <translation>Suelta aquí una carpeta con fotos. Las personas aparecen mientras Kinfolk analiza las fotos, y puedes empezar a nombrarlas enseguida.</translation>
        </message>
        <message>
            <source>End the tour</source>
            <translation>Terminar el recorrido</translation>
        </message>
        <message>
            <source>Everything has its page</source>
            <translation>Todo tiene su página</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure</source>
            <translation>Kinfolk pregunta cuando no está seguro</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Siguiente</translation>
        </message>
        <message>
            <source>One card for each person</source>
            <translation>Una tarjeta por persona</translation>
        </message>
        <message>
            <source>People shows who is in your photos, Photos shows all of them by month. The folders of your album stand below.</source>
            <translation>Personas muestra quién está en tus fotos; Fotos las muestra todas por mes. Debajo están las carpetas de tu álbum.</translation>
        </message>
        <message>
            <source>What Kinfolk is doing</source>
            <translation>Lo que está haciendo Kinfolk</translation>
        </message>
        <message>
            <source>Yes or no is enough, and each answer makes the groups better.</source>
            <translation>Basta con un sí o un no, y cada respuesta mejora los grupos.</translation>
        </message>
        <message>
            <source>Your people will be here</source>
            <translation>Aquí estarán tus personas</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} de {1}</translation>
        </message>
        <message>
            <source>“anna ben 2019” finds photos with Anna and Ben of that year.</source>
            <translation>«anna ben 2019» encuentra fotos con Anna y Ben de ese año.</translation>
        </message>
    </context>
    <context>
        <name>tray</name>
        <message>
            <source>A collection has alerts on, so Kinfolk goes on without its window. Its icon in the tray opens the window again, and has Quit.</source>
            <translation>Una colección tiene alertas activadas, así que Kinfolk continúa sin su ventana. Su icono en la bandeja del sistema la vuelve a abrir, y ahí también puedes salir.</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertas</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Seguir vigilando</translation>
        </message>
        <message>
            <source>Kinfolk keeps watching for strangers</source>
            <translation>Kinfolk sigue atento a personas desconocidas</translation>
        </message>
        <message>
            <source>Kinfolk: {0}</source>
            <translation>Kinfolk: {0}</translation>
        </message>
        <message>
            <source>Open Kinfolk</source>
            <translation>Abrir Kinfolk</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Salir</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reanudar</translation>
        </message>
        <message>
            <source>The settings can let closing the window end Kinfolk instead.</source>
            <translation>En los ajustes puedes hacer que Kinfolk termine al cerrar la ventana.</translation>
        </message>
        <message numerus="yes">
            <source>{0} alerts not read</source>
            <translation>
                <numerusform>{0} alerta sin leer</numerusform>
                <numerusform>{0} alertas sin leer</numerusform>
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
            <translation>Una cara parecida</translation>
        </message>
        <message>
            <source>A stranger</source>
            <translation>Persona desconocida</translation>
        </message>
        <message>
            <source>Actual size</source>
            <translation>Tamaño real</translation>
        </message>
        <message>
            <source>At {0}</source>
            <translation>En {0}</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>By the camera</source>
            <translation>Según la cámara</translation>
        </message>
        <message>
            <source>By the file’s name</source>
            <translation>Según el nombre del archivo</translation>
        </message>
        <message>
            <source>By the file’s own time</source>
            <translation>Según la hora del propio archivo</translation>
        </message>
        <message>
            <source>By what a program wrote in the file or beside it</source>
            <translation>Según lo que un programa escribió en el archivo o junto a él</translation>
        </message>
        <message>
            <source>Camera raw, {0}</source>
            <translation>RAW de cámara, {0}</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>Comparando…</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>Copias</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
        <message>
            <source>Copy the coordinates</source>
            <translation>Copiar las coordenadas</translation>
        </message>
        <message>
            <source>Download and show</source>
            <translation>Descargar y mostrar</translation>
        </message>
        <message>
            <source>Drag a frame round the face, or move it with the arrow keys and size it with Shift. Enter goes on, Esc leaves.</source>
            <translation>Arrastra un marco alrededor de la cara, o muévelo con las flechas y cambia su tamaño con Mayús. Intro continúa, Esc sale.</translation>
        </message>
        <message>
            <source>Draw a face…</source>
            <translation>Marcar una cara…</translation>
        </message>
        <message>
            <source>Drawn by hand; not used to recognise others</source>
            <translation>Marcada a mano; no se usa para reconocer otras</translation>
        </message>
        <message>
            <source>Duration {0}</source>
            <translation>Duración {0}</translation>
        </message>
        <message>
            <source>Enter saves; the name may stay empty.</source>
            <translation>Intro guarda; el nombre puede quedar vacío.</translation>
        </message>
        <message>
            <source>Everyone else here is a stranger</source>
            <translation>Todos los demás aquí son desconocidos</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>Cara de {0}</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>Cara sin nombre</translation>
        </message>
        <message>
            <source>Fair quality</source>
            <translation>Calidad aceptable</translation>
        </message>
        <message>
            <source>File date {0}</source>
            <translation>Fecha del archivo {0}</translation>
        </message>
        <message>
            <source>First photo</source>
            <translation>Primera foto</translation>
        </message>
        <message>
            <source>Fit in the window</source>
            <translation>Ajustar a la ventana</translation>
        </message>
        <message>
            <source>Good quality</source>
            <translation>Buena calidad</translation>
        </message>
        <message>
            <source>In the year of birth, {0}</source>
            <translation>En el año de nacimiento, {0}</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>Información</translation>
        </message>
        <message>
            <source>Kinfolk’s guess</source>
            <translation>Suposición de Kinfolk</translation>
        </message>
        <message>
            <source>Last photo</source>
            <translation>Última foto</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>Poner arriba</translation>
        </message>
        <message>
            <source>Moment of the video</source>
            <translation>Momento del vídeo</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>Más…</translation>
        </message>
        <message>
            <source>Moving</source>
            <translation>Movimiento</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>Nombres</translation>
        </message>
        <message>
            <source>Names all {0} of this person.</source>
            <translation>Pone nombre a las {0} de esta persona.</translation>
        </message>
        <message>
            <source>Names both photos of this person.</source>
            <translation>Pone nombre a las dos fotos de esta persona.</translation>
        </message>
        <message>
            <source>Next comes somebody without a name.</source>
            <translation>Después viene alguien sin nombre.</translation>
        </message>
        <message>
            <source>Next comes {0}.</source>
            <translation>Después viene {0}.</translation>
        </message>
        <message>
            <source>Next face</source>
            <translation>Cara siguiente</translation>
        </message>
        <message>
            <source>Next moment with a face</source>
            <translation>Momento siguiente con una cara</translation>
        </message>
        <message>
            <source>Next photo</source>
            <translation>Foto siguiente</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sin fecha</translation>
        </message>
        <message>
            <source>Nobody was found here</source>
            <translation>Aquí no se encontró a nadie</translation>
        </message>
        <message>
            <source>Nobody was found in this video</source>
            <translation>En este vídeo no se encontró a nadie</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>No es una cara</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>No es esta persona</translation>
        </message>
        <message>
            <source>Not with anybody yet</source>
            <translation>Aún con nadie</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>No es {0}</translation>
        </message>
        <message>
            <source>On top of the stack</source>
            <translation>Encima de la pila</translation>
        </message>
        <message>
            <source>Only this face</source>
            <translation>Solo esta cara</translation>
        </message>
        <message>
            <source>Other files with exactly the same picture</source>
            <translation>Otros archivos con exactamente la misma imagen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personas</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Photo in full screen</source>
            <translation>Foto a pantalla completa</translation>
        </message>
        <message>
            <source>Photo {0} of {1} in this stack</source>
            <translation>Foto {0} de {1} en esta pila</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>Fotos de esta pila</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Lugar</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Reproducir</translation>
        </message>
        <message>
            <source>Play the moving part</source>
            <translation>Reproducir la parte en movimiento</translation>
        </message>
        <message>
            <source>Play with sound in your player</source>
            <translation>Reproducir con sonido en tu reproductor</translation>
        </message>
        <message>
            <source>Poor quality</source>
            <translation>Mala calidad</translation>
        </message>
        <message>
            <source>Previous face</source>
            <translation>Cara anterior</translation>
        </message>
        <message>
            <source>Previous moment with a face</source>
            <translation>Momento anterior con una cara</translation>
        </message>
        <message>
            <source>Previous photo</source>
            <translation>Foto anterior</translation>
        </message>
        <message>
            <source>Quality {0} · sharpness {1}</source>
            <translation>Calidad {0} · nitidez {1}</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Mostrar todas las fotos de esta persona</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Mostrar todas las fotos de {0}</translation>
        </message>
        <message>
            <source>Show on a map</source>
            <translation>Mostrar en un mapa</translation>
        </message>
        <message>
            <source>Show {0} in file manager</source>
            <translation>Mostrar {0} en el gestor de archivos</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Otra persona…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Parar</translation>
        </message>
        <message>
            <source>Stop the moving part</source>
            <translation>Parar la parte en movimiento</translation>
        </message>
        <message>
            <source>Stranger</source>
            <translation>Persona desconocida</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>Sacar de la pila</translation>
        </message>
        <message>
            <source>Taken {0}</source>
            <translation>Tomada: {0}</translation>
        </message>
        <message>
            <source>That is too small for a face. Draw the frame a little larger.</source>
            <translation>Es demasiado pequeño para una cara. Dibuja el marco un poco más grande.</translation>
        </message>
        <message>
            <source>The map opens in your browser, on openstreetmap.org: this place then leaves your computer.</source>
            <translation>El mapa se abre en tu navegador, en openstreetmap.org: este lugar sale entonces de tu equipo.</translation>
        </message>
        <message>
            <source>The others keep no name.</source>
            <translation>Las demás se quedan sin nombre.</translation>
        </message>
        <message>
            <source>There is nobody to compare this face with.</source>
            <translation>No hay nadie con quien comparar esta cara.</translation>
        </message>
        <message>
            <source>Unknown kind</source>
            <translation>Tipo desconocido</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Usar como portada</translation>
        </message>
        <message>
            <source>Very good quality</source>
            <translation>Muy buena calidad</translation>
        </message>
        <message>
            <source>Who could this be?</source>
            <translation>¿Quién podría ser?</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>¿Quién es?</translation>
        </message>
        <message>
            <source>Why is this face here?</source>
            <translation>¿Por qué está aquí esta cara?</translation>
        </message>
        <message>
            <source>You said so</source>
            <translation>Lo indicaste tú</translation>
        </message>
        <message>
            <source>You said so.</source>
            <translation>Lo indicaste tú.</translation>
        </message>
        <message>
            <source>You said: a stranger</source>
            <translation>Indicaste: persona desconocida</translation>
        </message>
        <message>
            <source>Your player begins at the start: what you saw is at {0}.</source>
            <translation>Tu reproductor empieza por el principio: lo que viste está en {0}.</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Acercar</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Alejar</translation>
        </message>
        <message>
            <source>eyes closed</source>
            <translation>ojos cerrados</translation>
        </message>
        <message>
            <source>facing the camera</source>
            <translation>de frente a la cámara</translation>
        </message>
        <message>
            <source>female</source>
            <translation>mujer</translation>
        </message>
        <message>
            <source>head tilted</source>
            <translation>cabeza inclinada</translation>
        </message>
        <message>
            <source>in profile to the {0}</source>
            <translation>de perfil hacia la {0}</translation>
        </message>
        <message>
            <source>left</source>
            <translation>izquierda</translation>
        </message>
        <message>
            <source>looking down</source>
            <translation>mirando hacia abajo</translation>
        </message>
        <message>
            <source>looking up</source>
            <translation>mirando hacia arriba</translation>
        </message>
        <message>
            <source>looks about {0}</source>
            <translation>aparenta unos {0} años</translation>
        </message>
        <message>
            <source>male</source>
            <translation>hombre</translation>
        </message>
        <message>
            <source>mouth open</source>
            <translation>boca abierta</translation>
        </message>
        <message>
            <source>right</source>
            <translation>derecha</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>esta persona</translation>
        </message>
        <message>
            <source>turned to the {0}</source>
            <translation>con giro hacia la {0}</translation>
        </message>
        <message>
            <source>{0} % sure that this is one person with these faces:</source>
            <translation>{0} % de seguridad de que es una misma persona con estas caras:</translation>
        </message>
        <message>
            <source>{0} % sure that this is {1}, by these faces:</source>
            <translation>{0} % de seguridad de que es {1}, por estas caras:</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} de {1}</translation>
        </message>
        <message>
            <source>{0} or {1} years old here, born {2}</source>
            <translation>aquí {0} o {1} años, nacimiento: {2}</translation>
        </message>
        <message>
            <source>{0} pixels</source>
            <translation>{0} píxeles</translation>
        </message>
        <message>
            <source>{0} to {1}</source>
            <translation>{0} a {1}</translation>
        </message>
        <message>
            <source>{0} · {1} megapixels</source>
            <translation>{0} · {1} megapíxeles</translation>
        </message>
        <message>
            <source>{0}, drawn by hand; not used to recognise others</source>
            <translation>{0}, marcada a mano; no se usa para reconocer otras</translation>
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
            <translation>30 días</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 días</translation>
        </message>
        <message>
            <source>All days</source>
            <translation>Todos los días</translation>
        </message>
        <message>
            <source>Been here before</source>
            <translation>Ya estuvieron aquí</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Valores separados por comas (*.csv)</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>Contando…</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Día</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Antes</translation>
        </message>
        <message>
            <source>Export CSV…</source>
            <translation>Exportar CSV…</translation>
        </message>
        <message>
            <source>Export the numbers</source>
            <translation>Exportar las cifras</translation>
        </message>
        <message>
            <source>Exported to {0}</source>
            <translation>Exportado a {0}</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Después</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Nuevos</translation>
        </message>
        <message>
            <source>Nobody came</source>
            <translation>No vino nadie</translation>
        </message>
        <message>
            <source>Nobody came today</source>
            <translation>Hoy no vino nadie</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personas</translation>
        </message>
        <message>
            <source>Returning</source>
            <translation>Recurrentes</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoy</translation>
        </message>
        <message>
            <source>Unclear</source>
            <translation>Poco claros</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>Visitantes</translation>
        </message>
        <message>
            <source>Visitors as a table</source>
            <translation>Visitantes en una tabla</translation>
        </message>
        <message>
            <source>Visitors by day</source>
            <translation>Visitantes por día</translation>
        </message>
        <message>
            <source>Visitors by hour</source>
            <translation>Visitantes por hora</translation>
        </message>
        <message>
            <source>Visits</source>
            <translation>Visitas</translation>
        </message>
        <message>
            <source>Who came</source>
            <translation>Quién vino</translation>
        </message>
        <message>
            <source>Whom the camera of this counter sees is counted here.</source>
            <translation>Aquí se cuenta a quienes ve la cámara de este contador.</translation>
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
            <translation>personas distintas</translation>
        </message>
        <message>
            <source>new</source>
            <translation>nuevos</translation>
        </message>
        <message>
            <source>returning</source>
            <translation>recurrentes</translation>
        </message>
        <message>
            <source>visitors</source>
            <translation>visitantes</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>visitas</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>No se puede escribir {0}: {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} persona</numerusform>
                <numerusform>{0} personas</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} too unclear to say who, and not counted</source>
            <translation>Sin contar, por poco claras: {0}</translation>
        </message>
        <message>
            <source>{0}, {1} new, {2} returning</source>
            <translation>{0}, nuevos: {1}, recurrentes: {2}</translation>
        </message>
    </context>
    <context>
        <name>welcome</name>
        <message>
            <source>Add a folder…</source>
            <translation>Añadir una carpeta…</translation>
        </message>
        <message>
            <source>Add “{0}”</source>
            <translation>Añadir «{0}»</translation>
        </message>
        <message>
            <source>Drop a folder with photos here</source>
            <translation>Suelta aquí una carpeta con fotos</translation>
        </message>
        <message>
            <source>Everything happens on this computer: nothing is sent anywhere.</source>
            <translation>Todo ocurre en este equipo: no se envía nada.</translation>
        </message>
        <message>
            <source>Kinfolk finds out who is in them, and shows you your photos by person.</source>
            <translation>Kinfolk averigua quién está en ellas y te muestra tus fotos por personas.</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>Recorrido guiado</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Guía de uso</translation>
        </message>
        <message>
            <source>What Kinfolk learns of faces is yours, to be erased at any time.</source>
            <translation>Lo que Kinfolk aprende de las caras es tuyo, y se puede borrar en cualquier momento.</translation>
        </message>
        <message>
            <source>Your photos are only read, and never changed or moved.</source>
            <translation>Tus fotos solo se leen; nunca se modifican ni se mueven.</translation>
        </message>
        <message numerus="yes">
            <source>“{1}” holds about {0} photos.</source>
            <translation>
                <numerusform>«{1}» contiene {0} foto.</numerusform>
                <numerusform>«{1}» contiene unas {0} fotos.</numerusform>
            </translation>
        </message>
        <message>
            <source>“{1}” holds more than {0} photos.</source>
            <translation>«{1}» contiene más de {0} fotos.</translation>
        </message>
    </context>
    <context>
        <name>widgets</name>
        <message>
            <source>All face data was erased</source>
            <translation>Se borraron todos los datos de caras</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Drop to add to your album</source>
            <translation>Suelta para añadir a tu álbum</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.
Faces in new photos are found as ever.</source>
            <translation>Kinfolk no volverá a buscar caras en estas fotos hasta que lo pidas.
En las fotos nuevas se encuentran caras como siempre.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>Name of this person</source>
            <translation>Nombre de esta persona</translation>
        </message>
        <message>
            <source>Names in use</source>
            <translation>Nombres en uso</translation>
        </message>
        <message>
            <source>New name “{0}”</source>
            <translation>Nuevo nombre «{0}»</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Years</source>
            <translation>Años</translation>
        </message>
        <message>
            <source>{0}, {1}, collapsed</source>
            <translation>{0}, {1}, contraída</translation>
        </message>
    </context>
    <context>
        <name>words</name>
        <message>
            <source>MMMM yyyy</source>
            <translation>MMMM 'de' yyyy</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Sin fecha</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoy</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Persona sin nombre</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Ayer</translation>
        </message>
        <message>
            <source>about a minute left</source>
            <translation>queda alrededor de un minuto</translation>
        </message>
        <message numerus="yes">
            <source>about {0} hours left</source>
            <translation>
                <numerusform>queda alrededor de {0} hora</numerusform>
                <numerusform>quedan unas {0} horas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about {0} minutes left</source>
            <translation>
                <numerusform>queda alrededor de {0} minuto</numerusform>
                <numerusform>quedan unos {0} minutos</numerusform>
            </translation>
        </message>
        <message>
            <source>in the year of birth</source>
            <translation>en el año de nacimiento</translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>queda menos de un minuto</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces</source>
            <translation>
                <numerusform>{0} cara</numerusform>
                <numerusform>{0} caras</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files</source>
            <translation>
                <numerusform>{0} archivo</numerusform>
                <numerusform>{0} archivos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} foto</numerusform>
                <numerusform>{0} fotos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} videos</source>
            <translation>
                <numerusform>{0} vídeo</numerusform>
                <numerusform>{0} vídeos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} years old</source>
            <translation>
                <numerusform>{0} año</numerusform>
                <numerusform>{0} años</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}, {1}</translation>
        </message>
        <message>
            <source>{0}, {1} in stacks</source>
            <translation>{0}, {1} en pilas</translation>
        </message>
    </context>
</TS>
