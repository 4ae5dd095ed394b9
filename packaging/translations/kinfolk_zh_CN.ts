<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>about</name>
        <message>
            <source>About Kinfolk</source>
            <translation>关于 Kinfolk</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Copied. There is no name and no path in it.</source>
            <translation>已复制。其中不含名字和路径。</translation>
        </message>
        <message>
            <source>Copy details for a bug report</source>
            <translation>复制详情用于错误报告</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Free software under the MIT licence.</source>
            <translation>以 MIT 许可证发布的自由软件。</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>请稍候。</translation>
        </message>
        <message>
            <source>Other software</source>
            <translation>其他软件</translation>
        </message>
        <message>
            <source>Shows you your photos by person. Everything happens on this computer: nothing is sent anywhere, and your photos are never changed.</source>
            <translation>按人物查看你的照片。一切都在这台电脑上完成：不会发送任何内容，也绝不会改动你的照片。</translation>
        </message>
        <message>
            <source>Version {0}</source>
            <translation>版本 {0}</translation>
        </message>
    </context>
    <context>
        <name>absence</name>
        <message>
            <source>In the cloud, from where its own program can fetch it.</source>
            <translation>在云端，可由云盘自己的程序取回。</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>在云端，不在这台电脑上。</translation>
        </message>
        <message>
            <source>Its drive or folder is not connected at the moment</source>
            <translation>其驱动器或文件夹目前未连接</translation>
        </message>
        <message>
            <source>On a disconnected drive.</source>
            <translation>在未连接的驱动器上。</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>文件已不存在。</translation>
        </message>
        <message>
            <source>The folder is not there any more.</source>
            <translation>文件夹已不存在。</translation>
        </message>
        <message>
            <source>{0} This is a small copy.</source>
            <translation>{0}这是一份小尺寸副本。</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>About Kinfolk</source>
            <translation>关于 Kinfolk</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>后退</translation>
        </message>
        <message>
            <source>Backups…</source>
            <translation>备份…</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>删除…</translation>
        </message>
        <message>
            <source>Erase all face data…</source>
            <translation>清除所有面孔数据…</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>查找人物</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>前进</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Larger pictures</source>
            <translation>放大图片</translation>
        </message>
        <message>
            <source>Look for faces again</source>
            <translation>重新查找面孔</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>模型…</translation>
        </message>
        <message>
            <source>Names from other programs…</source>
            <translation>其他程序中的名字…</translation>
        </message>
        <message>
            <source>New collection…</source>
            <translation>新建图集…</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>窗口的下一个区域</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>窗口的上一个区域</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Settings of this collection…</source>
            <translation>此图集的设置…</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>功能导览</translation>
        </message>
        <message>
            <source>Skipped files…</source>
            <translation>跳过的文件…</translation>
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation>缩小图片</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>堆叠相似照片</translation>
        </message>
        <message>
            <source>Switch collection…</source>
            <translation>切换图集…</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>用户指南</translation>
        </message>
        <message>
            <source>Write names into sidecars…</source>
            <translation>将名字写入附属文件…</translation>
        </message>
        <message>
            <source>{0} “{1}”</source>
            <translation>{0}“{1}”</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>, after {0}</source>
            <translation>，此前已分析 {0}</translation>
        </message>
        <message>
            <source>, {0} found</source>
            <translation>，找到 {0}</translation>
        </message>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>，跳过 {0} 个</numerusform>
            </translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>活动</translation>
        </message>
        <message>
            <source>Another Kinfolk has paused</source>
            <translation>另一个 Kinfolk 已暂停</translation>
        </message>
        <message>
            <source>Another Kinfolk is downloading models</source>
            <translation>另一个 Kinfolk 正在下载模型</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing face data</source>
            <translation>另一个 Kinfolk 正在清除面孔数据</translation>
        </message>
        <message>
            <source>Another Kinfolk is exporting photos</source>
            <translation>另一个 Kinfolk 正在导出照片</translation>
        </message>
        <message>
            <source>Another Kinfolk is grouping all faces anew</source>
            <translation>另一个 Kinfolk 正在对所有面孔重新分组</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos</source>
            <translation>另一个 Kinfolk 正在分析照片</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos with another model pack</source>
            <translation>另一个 Kinfolk 正在用其他模型包分析照片</translation>
        </message>
        <message>
            <source>Another Kinfolk is making a backup</source>
            <translation>另一个 Kinfolk 正在备份</translation>
        </message>
        <message>
            <source>Another Kinfolk is putting faces together</source>
            <translation>另一个 Kinfolk 正在对面孔分组</translation>
        </message>
        <message>
            <source>Another Kinfolk is repairing the library</source>
            <translation>另一个 Kinfolk 正在修复图库</translation>
        </message>
        <message>
            <source>Another Kinfolk is restoring a backup</source>
            <translation>另一个 Kinfolk 正在恢复备份</translation>
        </message>
        <message>
            <source>Another Kinfolk is taking in names</source>
            <translation>另一个 Kinfolk 正在导入名字</translation>
        </message>
        <message>
            <source>Another Kinfolk is writing names into sidecars</source>
            <translation>另一个 Kinfolk 正在将名字写入附属文件</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>Downloaded the models {0}, {1}</source>
            <translation>已下载模型 {0}，{1}</translation>
        </message>
        <message>
            <source>Downloading models</source>
            <translation>下载模型</translation>
        </message>
        <message>
            <source>Erased all face data</source>
            <translation>已清除所有面孔数据</translation>
        </message>
        <message>
            <source>Erased strangers</source>
            <translation>已清除陌生人</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>清除面孔数据</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>已导出 {0}</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>导出照片</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Files skipped by this task…</source>
            <translation>此任务跳过的文件…</translation>
        </message>
        <message>
            <source>Forgot a person</source>
            <translation>已忘记一个人物</translation>
        </message>
        <message>
            <source>Going on where it stopped</source>
            <translation>从上次停下的地方继续</translation>
        </message>
        <message>
            <source>Grouped all faces anew: {0}</source>
            <translation>已对所有面孔重新分组：{0}</translation>
        </message>
        <message>
            <source>Grouped faces, none of them new: {0}</source>
            <translation>已对面孔分组，没有新面孔：{0}</translation>
        </message>
        <message numerus="yes">
            <source>Grouped {0} new faces: {1}</source>
            <translation>
                <numerusform>已对 {0} 张新面孔分组：{1}</numerusform>
            </translation>
        </message>
        <message>
            <source>Grouping all faces anew</source>
            <translation>对所有面孔重新分组</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>已中断</translation>
        </message>
        <message>
            <source>It began at {0}.</source>
            <translation>开始于 {0}。</translation>
        </message>
        <message>
            <source>Kinfolk did this by itself.</source>
            <translation>由 Kinfolk 自动完成。</translation>
        </message>
        <message>
            <source>Looked for photos: nothing was new</source>
            <translation>已查找照片：没有新照片</translation>
        </message>
        <message>
            <source>Looked the library over: everything is in order</source>
            <translation>已检查图库：一切正常</translation>
        </message>
        <message numerus="yes">
            <source>Looked the library over: {0} problems, {1} mended</source>
            <translation>
                <numerusform>已检查图库：{0} 个问题，已修复 {1} 个</numerusform>
            </translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>分析照片</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>用其他模型包分析照片</translation>
        </message>
        <message>
            <source>Made a backup, {0}</source>
            <translation>已备份，{0}</translation>
        </message>
        <message>
            <source>Made the daily backup, {0}</source>
            <translation>已完成每日备份，{0}</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>备份</translation>
        </message>
        <message>
            <source>Nothing was finished in the last seven days</source>
            <translation>最近七天没有完成任何任务</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>现在</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>对面孔分组</translation>
        </message>
        <message>
            <source>Repairing the library</source>
            <translation>修复图库</translation>
        </message>
        <message>
            <source>Restored a backup with {0}</source>
            <translation>已恢复含 {0}的备份</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>恢复备份</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Searching for photos</source>
            <translation>查找照片</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Switched to the model pack {0}: {1}</source>
            <translation>已切换到模型包 {0}：{1}</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>导入名字</translation>
        </message>
        <message>
            <source>Took in names for {0}</source>
            <translation>已为 {0}导入名字</translation>
        </message>
        <message>
            <source>Waiting until another Kinfolk is done</source>
            <translation>等待另一个 Kinfolk 完成</translation>
        </message>
        <message>
            <source>Went back to the model pack {0}: {1}</source>
            <translation>已切换回模型包 {0}：{1}</translation>
        </message>
        <message>
            <source>What Kinfolk does with your photos and its library is listed here.</source>
            <translation>这里列出 Kinfolk 对你的照片和图库所做的事。</translation>
        </message>
        <message>
            <source>What was done in the last seven days, newest first</source>
            <translation>最近七天完成的任务，最新的在前</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>将名字写入附属文件</translation>
        </message>
        <message>
            <source>Wrote names beside {0}</source>
            <translation>已在 {0}旁写入名字</translation>
        </message>
        <message>
            <source>You asked for this.</source>
            <translation>由你发起。</translation>
        </message>
        <message>
            <source>under 1 s</source>
            <translation>不到 1 秒</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0}%</translation>
        </message>
        <message>
            <source>{0} a minute</source>
            <translation>每分钟 {0} 张</translation>
        </message>
        <message>
            <source>{0} a second</source>
            <translation>每秒 {0} 张</translation>
        </message>
        <message>
            <source>{0} failed</source>
            <translation>{0}失败</translation>
        </message>
        <message>
            <source>{0} failed: {1}</source>
            <translation>{0}失败：{1}</translation>
        </message>
        <message>
            <source>{0} h {1} min</source>
            <translation>{0} 小时 {1} 分钟</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>已分析 {0}</translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} 分钟</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups now</source>
            <translation>
                <numerusform>现有 {0} 个人物和分组</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} 秒</translation>
        </message>
        <message numerus="yes">
            <source>{0} skipped</source>
            <translation>
                <numerusform>跳过 {0} 个</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} was cancelled</source>
            <translation>{0}：已取消</translation>
        </message>
        <message>
            <source>{0} was interrupted</source>
            <translation>{0}：已中断</translation>
        </message>
    </context>
    <context>
        <name>activity_strip</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>How far the work is</source>
            <translation>任务进度</translation>
        </message>
        <message>
            <source>Looked at {0}</source>
            <translation>已分析 {0}</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>任务已中止</translation>
        </message>
        <message>
            <source>What Kinfolk does and did</source>
            <translation>Kinfolk 正在做和做过的事</translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0}在云端，不在这台电脑上</translation>
        </message>
        <message numerus="yes">
            <source>·  {0} skipped</source>
            <translation>
                <numerusform>·  跳过 {0} 个</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>alerts</name>
        <message>
            <source>1.  Have your camera save its snapshots into a folder.
2.  Add that folder here.

Whom you have named in your albums is known; anybody else raises an alert. All of it stays on this computer.</source>
            <translation>1.  让摄像头把抓拍照片保存到一个文件夹。
2.  在这里添加该文件夹。

你在相册中命名过的人都会被认出；其他人会触发警报。一切都留在这台电脑上。</translation>
        </message>
        <message>
            <source>A stranger, seen {0}</source>
            <translation>陌生人，见过 {0}</translation>
        </message>
        <message>
            <source>Add as…</source>
            <translation>添加为…</translation>
        </message>
        <message>
            <source>Add the camera's folder…</source>
            <translation>添加摄像头的文件夹…</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>警报</translation>
        </message>
        <message>
            <source>Ignore this person</source>
            <translation>忽略此人</translation>
        </message>
        <message>
            <source>It is whom they resemble</source>
            <translation>就是与之相像的人</translation>
        </message>
        <message>
            <source>It's {0}</source>
            <translation>是 {0}</translation>
        </message>
        <message>
            <source>Kinfolk looks at every photo that comes into the folders of this collection. Whom you have named in your albums is known; anybody else who is seen clearly shows here, and on the desktop.</source>
            <translation>Kinfolk 会分析进入此图集文件夹的每张照片。你在相册中命名过的人都会被认出；其他被清楚拍到的人会显示在这里和桌面上。</translation>
        </message>
        <message>
            <source>Let Kinfolk watch the door</source>
            <translation>让 Kinfolk 帮你看门</translation>
        </message>
        <message>
            <source>Most like {0}, but hardly (under 1 %)</source>
            <translation>最像 {0}，但把握很小（不到 1%）</translation>
        </message>
        <message>
            <source>Most like {0}: {1} % sure</source>
            <translation>最像 {0}：{1}% 确定</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名字</translation>
        </message>
        <message>
            <source>New</source>
            <translation>新</translation>
        </message>
        <message>
            <source>No stranger was seen</source>
            <translation>没有见到陌生人</translation>
        </message>
        <message>
            <source>Nobody you know was seen yet.</source>
            <translation>还没有见到你认识的人。</translation>
        </message>
        <message>
            <source>Seen of those you know</source>
            <translation>见到的熟人</translation>
        </message>
        <message>
            <source>Show older ones</source>
            <translation>显示更早的</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>显示照片</translation>
        </message>
        <message>
            <source>Somebody you ignore, seen {0}</source>
            <translation>你忽略的人，见过 {0}</translation>
        </message>
        <message>
            <source>Strangers who were seen</source>
            <translation>见到的陌生人</translation>
        </message>
        <message>
            <source>The photos are not there any more</source>
            <translation>照片已不存在</translation>
        </message>
        <message>
            <source>This is {0}, seen {1}</source>
            <translation>这是 {0}，见过 {1}</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>这是谁？</translation>
        </message>
        <message>
            <source>Who was seen of those you know, newest first</source>
            <translation>见到的熟人，最新的在前</translation>
        </message>
        <message>
            <source>You know nobody by name yet</source>
            <translation>你还没有命名任何人</translation>
        </message>
        <message numerus="yes">
            <source>{0} times</source>
            <translation>
                <numerusform>{0} 次</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, seen {1}: {2}</source>
            <translation>{0}，见过 {1}：{2}</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
        <message>
            <source>{0}, {1} – {2}, {3}</source>
            <translation>{0}，{1} – {2}，{3}</translation>
        </message>
    </context>
    <context>
        <name>application</name>
        <message>
            <source>Kinfolk was ended in the middle of its work. It goes on where it was.</source>
            <translation>Kinfolk 在工作中途被结束，现从中断处继续。</translation>
        </message>
    </context>
    <context>
        <name>aside</name>
        <message>
            <source>Everything else is in the album. Nothing was changed in these files.</source>
            <translation>其余的都在相册中。这些文件没有被改动。</translation>
        </message>
        <message>
            <source>In the cloud ({0})</source>
            <translation>在云端（{0}）</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>在云端，不在这台电脑上。</translation>
        </message>
        <message>
            <source>Looking at them would download them. Once your cloud drive has put them on this disk, they come into the album; the settings can let Kinfolk download them.</source>
            <translation>分析它们就需要下载。云盘将它们存到这台电脑上后，它们就会进入相册；也可以在设置中允许 Kinfolk 下载。</translation>
        </message>
        <message>
            <source>Not in full ({0})</source>
            <translation>不完整（{0}）</translation>
        </message>
        <message>
            <source>Skipped ({0})</source>
            <translation>已跳过（{0}）</translation>
        </message>
        <message>
            <source>They are in the album with all who are in them. Nothing was changed in the files.</source>
            <translation>它们连同其中的所有人物都在相册中。文件没有被改动。</translation>
        </message>
        <message>
            <source>What is not shown</source>
            <translation>未显示的内容</translation>
        </message>
        <message>
            <source>Why it waits</source>
            <translation>等待原因</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>跳过原因</translation>
        </message>
        <message numerus="yes">
            <source>{0} files shown, but not in full</source>
            <translation>
                <numerusform>{0} 个文件已显示，但不完整</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files skipped</source>
            <translation>
                <numerusform>跳过了 {0} 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0}在云端，不在这台电脑上</translation>
        </message>
    </context>
    <context>
        <name>backups</name>
        <message>
            <source>A backup is a copy of everything you said and of every face found, never of the photos themselves. Kinfolk makes one every day and keeps the newest fourteen.</source>
            <translation>备份包含你的所有标注和找到的所有面孔，但不含照片本身。Kinfolk 每天备份一次，保留最新的十四份。</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>At work</source>
            <translation>正在工作</translation>
        </message>
        <message>
            <source>Back up into a folder…</source>
            <translation>备份到文件夹…</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>立即备份</translation>
        </message>
        <message>
            <source>Backed up into “{1}”: {0}.</source>
            <translation>已备份到“{1}”：{0}。</translation>
        </message>
        <message>
            <source>Backed up: {0}.</source>
            <translation>已备份：{0}。</translation>
        </message>
        <message>
            <source>Backing up…</source>
            <translation>正在备份…</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>备份</translation>
        </message>
        <message>
            <source>Backups of Kinfolk (*.db)</source>
            <translation>Kinfolk 备份 (*.db)</translation>
        </message>
        <message>
            <source>Before a restore</source>
            <translation>恢复之前</translation>
        </message>
        <message>
            <source>Before an update of Kinfolk</source>
            <translation>Kinfolk 更新之前</translation>
        </message>
        <message>
            <source>By hand</source>
            <translation>手动</translation>
        </message>
        <message>
            <source>Checking the backup…</source>
            <translation>正在检查备份…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Daily</source>
            <translation>每日</translation>
        </message>
        <message>
            <source>Everything you said and every face found will be as it was then: {0}. What was said since will not be there any more.

Before that, Kinfolk backs up the library as it is now. It will be in this list, and restoring it takes all of this back.

The photos themselves are not touched. Kinfolk closes its window and opens it again.</source>
            <translation>你的所有标注和找到的所有面孔都将回到当时的状态：{0}。此后的标注将不复存在。

在此之前，Kinfolk 会先备份图库现在的状态。它会出现在此列表中，恢复它即可还原这一切。

照片本身不受影响。Kinfolk 会关闭窗口并重新打开。</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Named people</source>
            <translation>已命名</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Restore from a file…</source>
            <translation>从文件恢复…</translation>
        </message>
        <message>
            <source>Restore this backup?</source>
            <translation>要恢复此备份吗？</translation>
        </message>
        <message>
            <source>Restore…</source>
            <translation>恢复…</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>There is no backup yet.</source>
            <translation>还没有备份。</translation>
        </message>
        <message>
            <source>Where is the backup to go?</source>
            <translation>备份到哪里？</translation>
        </message>
        <message>
            <source>Which backup is to be restored?</source>
            <translation>要恢复哪份备份？</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>原因</translation>
        </message>
        <message numerus="yes">
            <source>{0} named people</source>
            <translation>
                <numerusform>{0} 个已命名的人物</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>collections</name>
        <message>
            <source>A collection has photos, people and settings of its own.</source>
            <translation>每个图集有自己的照片、人物和设置。</translation>
        </message>
        <message>
            <source>Album</source>
            <translation>相册</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Collection {0}</source>
            <translation>图集 {0}</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>计数器</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>创建</translation>
        </message>
        <message>
            <source>Delete collection</source>
            <translation>删除图集</translation>
        </message>
        <message>
            <source>Delete the collection “{0}”?</source>
            <translation>要删除图集“{0}”吗？</translation>
        </message>
        <message numerus="yes">
            <source>For {0} days Undo brings it all back. After that it is erased for good.</source>
            <translation>
                <numerusform>{0} 天内可以撤销并全部还原。之后将永久清除。</numerusform>
            </translation>
        </message>
        <message>
            <source>Front door</source>
            <translation>大门</translation>
        </message>
        <message>
            <source>Grandparents</source>
            <translation>祖父母</translation>
        </message>
        <message>
            <source>How many different people came into a shop, by hour and by day.</source>
            <translation>按小时和按天统计有多少不同的人来过店里。</translation>
        </message>
        <message>
            <source>Its people, names, folders and all you said in it leave Kinfolk.</source>
            <translation>其中的人物、名字、文件夹和你的所有标注都会从 Kinfolk 中移除。</translation>
        </message>
        <message>
            <source>Name of the collection</source>
            <translation>图集名称</translation>
        </message>
        <message>
            <source>New collection</source>
            <translation>新建图集</translation>
        </message>
        <message>
            <source>Opens the menu of collections</source>
            <translation>打开图集菜单</translation>
        </message>
        <message>
            <source>Photos of family and friends, by the people in them.</source>
            <translation>家人和朋友的照片，按人物整理。</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Rename collection</source>
            <translation>重命名图集</translation>
        </message>
        <message>
            <source>Shop</source>
            <translation>店铺</translation>
        </message>
        <message>
            <source>Snapshots of a camera at the door: who came, and an alert for a stranger.</source>
            <translation>门口摄像头的抓拍：谁来过，有陌生人时发出警报。</translation>
        </message>
        <message>
            <source>The collection that was here has been deleted.</source>
            <translation>原来的图集已被删除。</translation>
        </message>
        <message>
            <source>The photos stay on the disk, where and as they are.</source>
            <translation>照片保持原样，留在原处。</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>此图集已不存在。</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>空</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} 个人物</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>deeds</name>
        <message>
            <source>Add again</source>
            <translation>重新添加</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>“{0}” is not in the album any more. Its files are where they were.</source>
            <translation>“{0}”已不在相册中。文件仍在原处。</translation>
        </message>
    </context>
    <context>
        <name>details</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>复制为文本</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>Every file could be looked at.</source>
            <translation>所有文件都已成功分析。</translation>
        </message>
        <message>
            <source>Find a file or a reason</source>
            <translation>查找文件或原因</translation>
        </message>
        <message>
            <source>Find a skipped file</source>
            <translation>查找跳过的文件</translation>
        </message>
        <message>
            <source>Kinfolk is looking at {0} now.</source>
            <translation>Kinfolk 正在分析 {0}。</translation>
        </message>
        <message>
            <source>No file is skipped</source>
            <translation>没有跳过的文件</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>请稍候</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Skipped files</source>
            <translation>跳过的文件</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Try all again</source>
            <translation>全部重试</translation>
        </message>
        <message numerus="yes">
            <source>{0} files selected</source>
            <translation>
                <numerusform>已选择 {0} 个文件</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>erase_dialog</name>
        <message>
            <source>Erase all face data</source>
            <translation>清除所有面孔数据</translation>
        </message>
        <message>
            <source>Erase all face data?</source>
            <translation>要清除所有面孔数据吗？</translation>
        </message>
        <message>
            <source>Erasing…</source>
            <translation>正在清除…</translation>
        </message>
        <message>
            <source>I understand that this cannot be undone</source>
            <translation>我明白此操作无法撤销</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.</source>
            <translation>除非你要求，Kinfolk 不会再在这些照片中查找面孔。</translation>
        </message>
        <message>
            <source>This goes, for good</source>
            <translation>以下内容将永久清除</translation>
        </message>
        <message>
            <source>This stays</source>
            <translation>以下内容会保留</translation>
        </message>
        <message>
            <source>all backups made so far, as all of this is in them</source>
            <translation>迄今的所有备份，因为其中包含这一切</translation>
        </message>
        <message>
            <source>every face found, with descriptions and small pictures</source>
            <translation>找到的所有面孔，以及描述和小图</translation>
        </message>
        <message>
            <source>every name</source>
            <translation>所有名字</translation>
        </message>
        <message>
            <source>every person and group of alike faces</source>
            <translation>所有人物和相似面孔的分组</translation>
        </message>
        <message>
            <source>everything you said of them</source>
            <translation>你对它们的所有标注</translation>
        </message>
        <message>
            <source>the list of photos and folders in Kinfolk</source>
            <translation>Kinfolk 中的照片和文件夹列表</translation>
        </message>
        <message>
            <source>your photos: Kinfolk never changes their files</source>
            <translation>你的照片：Kinfolk 绝不改动照片文件</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces found, with descriptions and small pictures</source>
            <translation>
                <numerusform>找到的 {0} 张面孔，以及描述和小图</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} 个名字</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups of alike faces</source>
            <translation>
                <numerusform>{0} 个人物和相似面孔的分组</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} things you said of them</source>
            <translation>
                <numerusform>你对它们的 {0} 项标注</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>exporting</name>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>，跳过 {0} 个</numerusform>
            </translation>
        </message>
        <message>
            <source>A contact sheet to print (PDF)</source>
            <translation>可打印的照片索引页 (PDF)</translation>
        </message>
        <message>
            <source>A folder for each month, such as 2019-06.</source>
            <translation>每月一个文件夹，例如 2019-06。</translation>
        </message>
        <message>
            <source>A folder for each year, such as 2019.</source>
            <translation>每年一个文件夹，例如 2019。</translation>
        </message>
        <message>
            <source>A folder for everybody; a photo of two people is in both.</source>
            <translation>每人一个文件夹；两人的合影在两个文件夹中都有。</translation>
        </message>
        <message>
            <source>A page with these photos that any browser shows, from a disk or a web server.</source>
            <translation>用任何浏览器都能查看这些照片的网页，可放在磁盘或网络服务器上。</translation>
        </message>
        <message>
            <source>A web album</source>
            <translation>网页相册</translation>
        </message>
        <message>
            <source>All in one folder</source>
            <translation>全部放在一个文件夹</translation>
        </message>
        <message>
            <source>All that is in the files goes along, also where they were taken.</source>
            <translation>文件中的所有信息都会保留，包括拍摄地点。</translation>
        </message>
        <message>
            <source>And also</source>
            <translation>另外</translation>
        </message>
        <message>
            <source>By month</source>
            <translation>按月</translation>
        </message>
        <message>
            <source>By person</source>
            <translation>按人物</translation>
        </message>
        <message>
            <source>By person and year</source>
            <translation>按人物和年份</translation>
        </message>
        <message>
            <source>By year</source>
            <translation>按年</translation>
        </message>
        <message>
            <source>Choose a contact sheet or a web album, or let photos be copied.</source>
            <translation>请选择照片索引页或网页相册，或者复制照片。</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Copy them</source>
            <translation>复制照片</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>正在统计…</translation>
        </message>
        <message>
            <source>Each person’s folder has their years in it.</source>
            <translation>每人的文件夹里按年份分开。</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export {0}</source>
            <translation>导出 {0}</translation>
        </message>
        <message>
            <source>Export {0} of {1}</source>
            <translation>导出 {1} 的 {0}</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>已导出 {0}</translation>
        </message>
        <message>
            <source>Files of their own, to give away or to keep elsewhere.</source>
            <translation>独立的文件，可送人或另行保存。</translation>
        </message>
        <message>
            <source>Files with the ending .xmp, and the short films of Live Photos.</source>
            <translation>扩展名为 .xmp 的文件，以及实况照片的短片。</translation>
        </message>
        <message>
            <source>Hard links</source>
            <translation>硬链接</translation>
        </message>
        <message>
            <source>Into this folder</source>
            <translation>导出到此文件夹</translation>
        </message>
        <message>
            <source>Links</source>
            <translation>链接</translation>
        </message>
        <message>
            <source>No folders within; names that are alike are told apart.</source>
            <translation>不分子文件夹；同名的会加以区分。</translation>
        </message>
        <message>
            <source>No photo files</source>
            <translation>不含照片文件</translation>
        </message>
        <message>
            <source>None of these photos can be read now.</source>
            <translation>这些照片目前都无法读取。</translation>
        </message>
        <message>
            <source>One more name for the same file: no room is taken, but who edits one edits both.</source>
            <translation>给同一文件再起一个名字：不占空间，但改动一个就等于改动两个。</translation>
        </message>
        <message>
            <source>Only the contact sheet or the web album.</source>
            <translation>只有照片索引页或网页相册。</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Pages with small pictures of all photos, by year and month.</source>
            <translation>按年和月排列所有照片小图的页面。</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Small files that lead to your photos, as long as these stay where they are.</source>
            <translation>指向你的照片的小文件，照片须留在原处。</translation>
        </message>
        <message>
            <source>Sorted into folders</source>
            <translation>分文件夹存放</translation>
        </message>
        <message>
            <source>The photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>The web album</source>
            <translation>网页相册</translation>
        </message>
        <message>
            <source>There are no photos here to export.</source>
            <translation>这里没有可导出的照片。</translation>
        </message>
        <message>
            <source>This takes {0}, and only {1} are free there. Choose another folder.</source>
            <translation>需要 {0}，而那里只有 {1} 可用。请选择其他文件夹。</translation>
        </message>
        <message>
            <source>What lies beside the photos: sidecars and moving parts</source>
            <translation>照片旁的文件：附属文件和动态部分</translation>
        </message>
        <message>
            <source>Where are the photos to go?</source>
            <translation>照片导出到哪里？</translation>
        </message>
        <message>
            <source>Where there could be no link, files were copied</source>
            <translation>无法建立链接的文件已改为复制</translation>
        </message>
        <message>
            <source>With smaller photos</source>
            <translation>使用缩小的照片</translation>
        </message>
        <message>
            <source>With the original files</source>
            <translation>使用原始文件</translation>
        </message>
        <message>
            <source>Written anew, without place, camera and other hidden details.</source>
            <translation>重新生成，不含地点、相机等隐藏信息。</translation>
        </message>
        <message>
            <source>nothing to copy</source>
            <translation>无需复制</translation>
        </message>
        <message>
            <source>photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} 和 {1}</translation>
        </message>
        <message>
            <source>{0} and {1} more</source>
            <translation>{0} 及另外 {1} 人</translation>
        </message>
        <message numerus="yes">
            <source>{0} cannot be read now</source>
            <translation>
                <numerusform>{0} 张目前无法读取</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} there already</source>
            <translation>{0}已在那里</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}。</translation>
        </message>
        <message>
            <source>{0}. {1} are free there.</source>
            <translation>{0}。那里有 {1} 可用。</translation>
        </message>
        <message>
            <source>{0}: all were there already</source>
            <translation>{0}：都已在那里</translation>
        </message>
    </context>
    <context>
        <name>folder_dialog</name>
        <message>
            <source>Add a folder with photos</source>
            <translation>添加含照片的文件夹</translation>
        </message>
    </context>
    <context>
        <name>guide</name>
        <message>
            <source>Back</source>
            <translation>后退</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>前进</translation>
        </message>
        <message>
            <source>Guide: {0}</source>
            <translation>指南：{0}</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>How does this work?</source>
            <translation>这是如何工作的？</translation>
        </message>
        <message>
            <source>No page has these words.</source>
            <translation>没有包含这些词的页面。</translation>
        </message>
        <message>
            <source>Pages of the guide</source>
            <translation>指南页面</translation>
        </message>
        <message>
            <source>Search the guide</source>
            <translation>搜索指南</translation>
        </message>
        <message>
            <source>What is this page for?</source>
            <translation>这个页面有什么用？</translation>
        </message>
        <message>
            <source>{0} · Guide</source>
            <translation>{0} · 指南</translation>
        </message>
    </context>
    <context>
        <name>history</name>
        <message>
            <source>Everything you said, newest first</source>
            <translation>你的所有标注，最新的在前</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>How far this is</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>现在</translation>
        </message>
        <message>
            <source>Redo up to here</source>
            <translation>重做到这里</translation>
        </message>
        <message>
            <source>Saying again</source>
            <translation>正在重做</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>在此停止</translation>
        </message>
        <message>
            <source>Taken back before something else was said.</source>
            <translation>在做其他标注之前已撤回。</translation>
        </message>
        <message>
            <source>Taken back. Redo up to here brings back {0}.</source>
            <translation>已撤回。“重做到这里”会恢复 {0}。</translation>
        </message>
        <message>
            <source>Taking back</source>
            <translation>正在撤回</translation>
        </message>
        <message>
            <source>The last thing you said.</source>
            <translation>你最近的标注。</translation>
        </message>
        <message>
            <source>Undo from here on</source>
            <translation>从这里起撤销</translation>
        </message>
        <message>
            <source>Undo what came after</source>
            <translation>撤销此后的标注</translation>
        </message>
        <message>
            <source>You have not said anything yet.
What you name, merge, move or hide is listed here, and can be taken back.</source>
            <translation>你还没有做过标注。
你的命名、合并、移动或隐藏都会列在这里，并且可以撤回。</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>已撤回</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message>
            <source>{0} said after this.</source>
            <translation>此后有 {0}。</translation>
        </message>
        <message numerus="yes">
            <source>{0} things</source>
            <translation>
                <numerusform>{0} 项标注</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>importing</name>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message numerus="yes">
            <source>Also frame {0} faces that Kinfolk did not find</source>
            <translation>
                <numerusform>同时框出 Kinfolk 未找到的 {0} 张面孔</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Also name {0} faces by a keyword of their photos: nobody else is in them</source>
            <translation>
                <numerusform>同时按照片关键字为 {0} 张面孔命名：照片中没有其他人</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Contacts of Picasa (*.xml)</source>
            <translation>Picasa 联系人 (*.xml)</translation>
        </message>
        <message>
            <source>Contacts of Picasa…</source>
            <translation>Picasa 联系人…</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>面孔</translation>
        </message>
        <message>
            <source>Found {0} on {1} in {2}, by {3}.</source>
            <translation>通过 {3} 在 {2}的 {1}上找到 {0}。</translation>
        </message>
        <message>
            <source>Google Photos</source>
            <translation>Google 相册</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>此处</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>总计</translation>
        </message>
        <message>
            <source>Kinfolk reads the names that Picasa, Lightroom, digiKam, Windows and others wrote into your photos or beside them. Nothing is changed before you say so, and one Undo takes it all back.</source>
            <translation>Kinfolk 可读取 Picasa、Lightroom、digiKam、Windows 等程序写在照片里或照片旁的名字。在你确认之前不会有任何改动，一次撤销即可全部还原。</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名字</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>那里的名字</translation>
        </message>
        <message>
            <source>Named otherwise</source>
            <translation>名字不同</translation>
        </message>
        <message>
            <source>Named there</source>
            <translation>那里的命名</translation>
        </message>
        <message>
            <source>Names from other programs</source>
            <translation>其他程序中的名字</translation>
        </message>
        <message>
            <source>Neither Picasa's files nor the photos and their sidecars name anybody. Picasa writes names beside the photos as soon as a face is named.</source>
            <translation>Picasa 的文件、照片及其附属文件中都没有名字。在 Picasa 中给面孔命名后，它就会把名字写在照片旁。</translation>
        </message>
        <message>
            <source>No names found</source>
            <translation>没有找到名字</translation>
        </message>
        <message>
            <source>Nobody new: what {0} says of {1} is so here already, or differs.</source>
            <translation>没有新人物：{0} 对 {1} 的标注在这里已有，或与这里不同。</translation>
        </message>
        <message>
            <source>People found</source>
            <translation>找到的人物</translation>
        </message>
        <message>
            <source>Picasa</source>
            <translation>Picasa</translation>
        </message>
        <message>
            <source>Picasa has names for people in these photos.</source>
            <translation>Picasa 中有这些照片里的人物的名字。</translation>
        </message>
        <message>
            <source>Picasa named people in these photos, but wrote beside them no name.</source>
            <translation>Picasa 给这些照片里的人物命过名，但没有把名字写在照片旁。</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>正在读取…</translation>
        </message>
        <message>
            <source>Reading… {0} of {1}</source>
            <translation>正在读取… {0} / {1}</translation>
        </message>
        <message>
            <source>Show names</source>
            <translation>显示名字</translation>
        </message>
        <message>
            <source>Take in names</source>
            <translation>导入名字</translation>
        </message>
        <message>
            <source>Take in {0} on {1}</source>
            <translation>导入 {1}的 {0}</translation>
        </message>
        <message>
            <source>Taking in names…</source>
            <translation>正在导入名字…</translation>
        </message>
        <message>
            <source>Where is Picasa’s contacts.xml?</source>
            <translation>Picasa 的 contacts.xml 在哪里？</translation>
        </message>
        <message>
            <source>Windows Photo Gallery</source>
            <translation>Windows 照片库</translation>
        </message>
        <message>
            <source>digiKam</source>
            <translation>digiKam</translation>
        </message>
        <message>
            <source>face regions in the photos</source>
            <translation>照片中的面孔区域</translation>
        </message>
        <message>
            <source>has another name in another program</source>
            <translation>在另一个程序中有不同的名字</translation>
        </message>
        <message>
            <source>is nobody you know, as you said</source>
            <translation>你标注过：不是你认识的人</translation>
        </message>
        <message>
            <source>is not a face, as you said</source>
            <translation>你标注过：不是面孔</translation>
        </message>
        <message>
            <source>is not this person, as you said</source>
            <translation>你标注过：不是此人</translation>
        </message>
        <message>
            <source>is one of several of that name in the photo</source>
            <translation>是照片中几个同名者之一</translation>
        </message>
        <message>
            <source>joins {0}</source>
            <translation>并入 {0}</translation>
        </message>
        <message>
            <source>keywords</source>
            <translation>关键字</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新</translation>
        </message>
        <message>
            <source>{0} already so here.</source>
            <translation>{0}在这里已有。</translation>
        </message>
        <message>
            <source>{0} among the keywords of photos with several faces.</source>
            <translation>{0}出现在含多张面孔的照片的关键字中。</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} 和 {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces are named otherwise there. What holds here stays, unless you tick a line:</source>
            <translation>
                <numerusform>{0} 张面孔在那里有不同的名字。除非勾选，否则保留这里的名字：</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} more of the same groups</source>
            <translation>同组的另外 {0}</translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} 个名字</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} of Picasa’s whose names are in its contacts.xml.</source>
            <translation>Picasa 的 {0}，其名字在它的 contacts.xml 中。</translation>
        </message>
        <message>
            <source>{0} passed over, as somebody was forgotten there.</source>
            <translation>{0}已略过，因为那里有人已被忘记。</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} 个人物</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with names not in this album.</source>
            <translation>{0}有名字，但不在此相册中。</translation>
        </message>
        <message>
            <source>{0} with names not looked at yet.</source>
            <translation>{0}有名字，但尚未分析。</translation>
        </message>
        <message>
            <source>{0}, where no face was found</source>
            <translation>{0}，但那里未找到面孔</translation>
        </message>
    </context>
    <context>
        <name>main_window</name>
        <message>
            <source>F11 leads back out of the full screen.</source>
            <translation>按 F11 退出全屏。</translation>
        </message>
    </context>
    <context>
        <name>mending</name>
        <message>
            <source>A new library was begun. Your photos are looked at again; folders that are missing have to be added.</source>
            <translation>已新建图库。你的照片会重新分析；缺少的文件夹需要重新添加。</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Kinfolk cannot open its library: the file was damaged, as by a power cut or a failing disk. Your photos are not touched by this.</source>
            <translation>Kinfolk 无法打开图库：文件已损坏，可能是因为断电或磁盘故障。你的照片不受影响。</translation>
        </message>
        <message>
            <source>Kinfolk cannot start</source>
            <translation>Kinfolk 无法启动</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>确定</translation>
        </message>
        <message>
            <source>Restore the newest backup</source>
            <translation>恢复最新的备份</translation>
        </message>
        <message>
            <source>Restore what can be restored</source>
            <translation>尽可能恢复</translation>
        </message>
        <message>
            <source>Restored the backup of {0}.</source>
            <translation>已恢复 {0} 的备份。</translation>
        </message>
        <message>
            <source>Restored the library of {0}.</source>
            <translation>已恢复 {0} 的图库。</translation>
        </message>
        <message>
            <source>The damaged file is kept: {0}</source>
            <translation>损坏的文件已保留：{0}</translation>
        </message>
        <message>
            <source>The file could be mended: everything is still there.</source>
            <translation>文件已修复：所有内容都还在。</translation>
        </message>
        <message>
            <source>The library could not be restored</source>
            <translation>无法恢复图库</translation>
        </message>
        <message>
            <source>The library is as it was. {0}</source>
            <translation>图库保持原样。{0}</translation>
        </message>
        <message>
            <source>The library is being restored</source>
            <translation>正在恢复图库</translation>
        </message>
        <message>
            <source>The library is damaged</source>
            <translation>图库已损坏</translation>
        </message>
        <message>
            <source>The library is restored</source>
            <translation>图库已恢复</translation>
        </message>
        <message>
            <source>The newest good backup is of {0}, and has {1} and {2}. Restoring it keeps the damaged file, and says again what you have said since.</source>
            <translation>最新的完好备份是 {0} 的，包含 {1} 和 {2}。恢复它会保留损坏的文件，并重做你此后的标注。</translation>
        </message>
        <message numerus="yes">
            <source>The {0} things that you have said since were said again.</source>
            <translation>
                <numerusform>你此后的 {0} 项标注已重做。</numerusform>
            </translation>
        </message>
        <message>
            <source>There is no good backup of it. Kinfolk can keep the damaged file, take over what can still be read of it, and look at your photos again; what you have said of people is said again.</source>
            <translation>没有完好的备份。Kinfolk 可以保留损坏的文件，取出其中还能读取的内容，并重新分析你的照片；你对人物的标注会重做。</translation>
        </message>
        <message>
            <source>What was there before is kept as a backup.</source>
            <translation>原来的内容已保留为备份。</translation>
        </message>
        <message>
            <source>What was there before was damaged, and is set aside.</source>
            <translation>原来的内容已损坏，已放到一旁。</translation>
        </message>
        <message>
            <source>{0} of them have no effect, because what they were about is not there any more.</source>
            <translation>其中 {0} 项无效，因为所涉及的内容已不存在。</translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name</source>
            <translation>
                <numerusform>{0} 个有名字的人物</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>menu_bar</name>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Go</source>
            <translation>转到(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>Collections</source>
            <translation>图集</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>排序方式</translation>
        </message>
    </context>
    <context>
        <name>models</name>
        <message numerus="yes">
            <source>About {0} photos a minute</source>
            <translation>
                <numerusform>每分钟约 {0} 张照片</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About {0} photos a second</source>
            <translation>
                <numerusform>每秒约 {0} 张照片</numerusform>
            </translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>接受</translation>
        </message>
        <message>
            <source>Accept changed files…</source>
            <translation>接受已更改的文件…</translation>
        </message>
        <message>
            <source>Accept the files of {0}?</source>
            <translation>要接受 {0} 的文件吗？</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Add a file…</source>
            <translation>添加文件…</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>Add these models as “{0}”?</source>
            <translation>要将这些模型添加为“{0}”吗？</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>正在添加…</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Archives (*.zip)</source>
            <translation>压缩文件 (*.zip)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Checking and unpacking…</source>
            <translation>正在检查并解压…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Comes from {0}, {1}</source>
            <translation>来自 {0}，{1}</translation>
        </message>
        <message>
            <source>Comes with Kinfolk: small and quick, and all of it is free to use.</source>
            <translation>随 Kinfolk 提供：小巧快速，全部可自由使用。</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>下载</translation>
        </message>
        <message>
            <source>Download again…</source>
            <translation>重新下载…</translation>
        </message>
        <message>
            <source>Downloading: {0}</source>
            <translation>正在下载：{0}</translation>
        </message>
        <message>
            <source>Download…</source>
            <translation>下载…</translation>
        </message>
        <message>
            <source>For every use</source>
            <translation>可用于任何用途</translation>
        </message>
        <message>
            <source>Go back to {0}</source>
            <translation>切换回 {0}</translation>
        </message>
        <message>
            <source>Go on downloading…</source>
            <translation>继续下载…</translation>
        </message>
        <message>
            <source>How far the download is</source>
            <translation>下载进度</translation>
        </message>
        <message>
            <source>How far the switch is</source>
            <translation>切换进度</translation>
        </message>
        <message>
            <source>I have read this, and use the models
for non-commercial research only</source>
            <translation>我已阅读，并且仅将这些模型
用于非商业研究</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>使用中</translation>
        </message>
        <message>
            <source>It has to have the SHA-256 {0}.</source>
            <translation>其 SHA-256 必须是 {0}。</translation>
        </message>
        <message>
            <source>Its authors say what for</source>
            <translation>用途由作者规定</translation>
        </message>
        <message>
            <source>Kinfolk does not know these models. Whether they are good, and what their licence allows, is for you to know.

Models: {0}</source>
            <translation>Kinfolk 不认识这些模型。它们是否好用、许可证允许什么，需要你自己判断。

模型：{0}</translation>
        </message>
        <message>
            <source>Large, and the most accurate of its family: for faces that are hard to recognise.</source>
            <translation>体积大，是同系列中最准确的：适合难以辨认的面孔。</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>Looking at the models…</source>
            <translation>正在检查模型…</translation>
        </message>
        <message>
            <source>Looking at what it holds…</source>
            <translation>正在检查其中的内容…</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>测试</translation>
        </message>
        <message>
            <source>Measuring: Kinfolk looks at a drawn photo…</source>
            <translation>正在测试：Kinfolk 正在分析一张绘制的照片…</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Models find faces and tell people apart. The ones that come with Kinfolk do that without any others. Others come from their authors, over the internet, only when you ask for them here; read what they may be used for.</source>
            <translation>模型用来查找面孔、区分人物。Kinfolk 自带的模型无需其他模型即可完成。其他模型来自各自的作者，只有你在这里要求时才会从互联网下载；请阅读其允许的用途。</translation>
        </message>
        <message>
            <source>Models of your own.</source>
            <translation>你自己的模型。</translation>
        </message>
        <message>
            <source>Nobody has published its sum: the first download is trusted, and held to later.</source>
            <translation>没有人公布过它的校验和：首次下载会被信任，以后的下载须与之一致。</translation>
        </message>
        <message>
            <source>Non-commercial research only</source>
            <translation>仅限非商业研究</translation>
        </message>
        <message>
            <source>Not on this computer</source>
            <translation>不在这台电脑上</translation>
        </message>
        <message>
            <source>Published at {0}</source>
            <translation>发布于 {0}</translation>
        </message>
        <message>
            <source>Quick, and less sure of people than buffalo_l; tells age and gender.</source>
            <translation>速度快，识别人物不如 buffalo_l 可靠；可判断年龄和性别。</translation>
        </message>
        <message>
            <source>Recognises people as buffalo_l does, and looks for faces more quickly.</source>
            <translation>识别人物与 buffalo_l 相同，查找面孔更快。</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove {0}?</source>
            <translation>要移除 {0} 吗？</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>移除…</translation>
        </message>
        <message>
            <source>SHA-256 of the archive, to be compared: {0}</source>
            <translation>压缩文件的 SHA-256，供比对：{0}</translation>
        </message>
        <message>
            <source>Speed not measured yet</source>
            <translation>速度尚未测试</translation>
        </message>
        <message>
            <source>Switching to {0}: people are being put together.</source>
            <translation>正在切换到 {0}：正在对面孔分组，形成人物。</translation>
        </message>
        <message>
            <source>Switching to {0}: {1} of {2} photos looked at. Your album works with {3} until then.</source>
            <translation>正在切换到 {0}：已分析 {1} / {2} 张照片。在此之前，相册使用 {3}。</translation>
        </message>
        <message>
            <source>The connection was lost; trying again in a moment. {0} came.</source>
            <translation>连接已断开，稍后将重试。已收到 {0}。</translation>
        </message>
        <message>
            <source>The files are not what they were. Accept them only if you changed them yourself: models of somebody else see what somebody else wants.</source>
            <translation>这些文件已与原来不同。只有你自己更改过时才接受：别人的模型只会看到别人想让你看到的。</translation>
        </message>
        <message>
            <source>The largest, and the slowest: trained on more people than the others.</source>
            <translation>体积最大、速度最慢：训练所用的人物比其他模型更多。</translation>
        </message>
        <message>
            <source>The licence of {0}</source>
            <translation>{0} 的许可证</translation>
        </message>
        <message>
            <source>The models are deleted from this computer. Your photos, your people and everything you said stay as they are.</source>
            <translation>模型会从这台电脑上删除。你的照片、人物和所有标注都保持不变。</translation>
        </message>
        <message>
            <source>The models {0} are here, and are what they have to be.</source>
            <translation>模型 {0} 已下载，校验无误。</translation>
        </message>
        <message>
            <source>The models {0} are here.</source>
            <translation>模型 {0} 已就绪。</translation>
        </message>
        <message>
            <source>The smallest of its family: as buffalo_s, without age and gender.</source>
            <translation>同系列中最小的：与 buffalo_s 相同，但不判断年龄和性别。</translation>
        </message>
        <message>
            <source>The switch to {0} was stopped: {1} of {2} photos looked at, and kept for a while.</source>
            <translation>切换到 {0} 已停止：已查看 {1} 张照片，共 {2} 张；结果会保留一段时间。</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>使用</translation>
        </message>
        <message>
            <source>Which archive holds the models?</source>
            <translation>哪个压缩文件包含模型？</translation>
        </message>
        <message>
            <source>Which folder holds the models?</source>
            <translation>哪个文件夹包含模型？</translation>
        </message>
        <message>
            <source>Your album works with {0}. Until {1} you can go back to {2} at once.</source>
            <translation>相册正在使用 {0}。可以立即切换回 {2}（截至{1}）。</translation>
        </message>
        <message>
            <source>Your album works with {0}. You can go back to {1} at once.</source>
            <translation>相册正在使用 {0}。可以立即切换回 {1}。</translation>
        </message>
        <message>
            <source>as fast as {0}</source>
            <translation>与 {0} 一样快</translation>
        </message>
        <message>
            <source>takes {0} times as long as {1}</source>
            <translation>耗时是 {1} 的 {0} 倍</translation>
        </message>
        <message>
            <source>{0} came before.</source>
            <translation>此前已下载：{0}。</translation>
        </message>
        <message>
            <source>{0} ms for a photo, and {1} ms for each face in it, one photo at a time.</source>
            <translation>每张照片 {0} 毫秒，其中每张面孔 {1} 毫秒，一次一张照片。</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message>
            <source>{0} times as fast as {1}</source>
            <translation>速度是 {1} 的 {0} 倍</translation>
        </message>
        <message>
            <source>{0} to download</source>
            <translation>需下载 {0}</translation>
        </message>
    </context>
    <context>
        <name>notifying</name>
        <message>
            <source>Group now</source>
            <translation>立即分组</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait to be grouped.</source>
            <translation>
                <numerusform>{0} 张面孔等待分组。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait, to be grouped at {1}.</source>
            <translation>
                <numerusform>{0} 张面孔等待，将于 {1} 分组。</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>pages</name>
        <message>
            <source>Activity</source>
            <translation>活动</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>警报</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>One person</source>
            <translation>单个人物</translation>
        </message>
        <message>
            <source>People</source>
            <translation>人物</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>核对</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>未命名</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>访客</translation>
        </message>
    </context>
    <context>
        <name>people</name>
        <message>
            <source>Birth year…</source>
            <translation>出生年份…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Choose a cover for {0}</source>
            <translation>为 {0} 选择封面</translation>
        </message>
        <message>
            <source>Choose cover…</source>
            <translation>选择封面…</translation>
        </message>
        <message>
            <source>Click to give a name</source>
            <translation>点击以命名</translation>
        </message>
        <message>
            <source>Click to rename</source>
            <translation>点击以重命名</translation>
        </message>
        <message>
            <source>Collapse section</source>
            <translation>折叠此部分</translation>
        </message>
        <message>
            <source>Does not work here</source>
            <translation>不在此工作</translation>
        </message>
        <message>
            <source>Double-click to see all photos of {0}</source>
            <translation>双击查看 {0} 的所有照片</translation>
        </message>
        <message>
            <source>Escape shows everyone again.</source>
            <translation>按 Esc 重新显示所有人。</translation>
        </message>
        <message>
            <source>Expand section</source>
            <translation>展开此部分</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>导出照片…</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>忘记</translation>
        </message>
        <message>
            <source>Forget this person…</source>
            <translation>忘记此人…</translation>
        </message>
        <message>
            <source>Forget {0}?</source>
            <translation>要忘记 {0} 吗？</translation>
        </message>
        <message>
            <source>Give a name</source>
            <translation>命名</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>分组</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>隐藏</translation>
        </message>
        <message>
            <source>Kinfolk erases the name, the faces and everything that was said of this person, and does not learn them from these photos again. The photos themselves stay.</source>
            <translation>Kinfolk 会清除此人的名字、面孔和所有相关标注，并且不会再从这些照片中学习。照片本身会保留。</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>合并</translation>
        </message>
        <message>
            <source>Merge into…</source>
            <translation>合并到…</translation>
        </message>
        <message>
            <source>Merge these people</source>
            <translation>合并这些人物</translation>
        </message>
        <message>
            <source>Merge with {0}</source>
            <translation>与 {0} 合并</translation>
        </message>
        <message>
            <source>Merge {0} into whom?</source>
            <translation>将 {0} 合并到谁？</translation>
        </message>
        <message>
            <source>Merge {0} into {1}</source>
            <translation>将 {0} 合并到 {1}</translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people into whom?</source>
            <translation>
                <numerusform>将 {0} 个人物合并到谁？</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people, {1}, into {2}</source>
            <translation>
                <numerusform>将 {0} 个人物（{1}）合并到 {2}</numerusform>
            </translation>
        </message>
        <message>
            <source>Most photos</source>
            <translation>照片最多</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名字</translation>
        </message>
        <message>
            <source>Name them all…</source>
            <translation>全部命名…</translation>
        </message>
        <message>
            <source>Named</source>
            <translation>已命名</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”</source>
            <translation>这里没有人叫“{0}”</translation>
        </message>
        <message>
            <source>Nobody is hidden</source>
            <translation>没有隐藏的人物</translation>
        </message>
        <message>
            <source>Not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>People</source>
            <translation>人物</translation>
        </message>
        <message>
            <source>Recently changed</source>
            <translation>最近更改</translation>
        </message>
        <message>
            <source>Recently seen</source>
            <translation>最近出现</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Show again</source>
            <translation>重新显示</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>显示此人的所有照片</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>显示 {0} 的所有照片</translation>
        </message>
        <message>
            <source>Show photos with all of them</source>
            <translation>显示他们都在的照片</translation>
        </message>
        <message>
            <source>Show photos with any of them</source>
            <translation>显示有其中任一人的照片</translation>
        </message>
        <message>
            <source>Small groups</source>
            <translation>小分组</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>其他人…</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} go.</source>
            <translation>保留名字 {0}；{1} 将不再使用。</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} goes.</source>
            <translation>保留名字 {0}；{1} 将不再使用。</translation>
        </message>
        <message>
            <source>The people in your photos</source>
            <translation>你照片中的人物</translation>
        </message>
        <message>
            <source>These {0} are one person. Who is it?</source>
            <translation>这 {0} 个是同一个人。是谁？</translation>
        </message>
        <message>
            <source>They appear here as they are found. Then say who they are.</source>
            <translation>找到的人物会出现在这里。然后请说明他们是谁。</translation>
        </message>
        <message>
            <source>They are different people</source>
            <translation>他们是不同的人</translation>
        </message>
        <message>
            <source>They will be called {0}.</source>
            <translation>他们将叫 {0}。</translation>
        </message>
        <message>
            <source>This is several people…</source>
            <translation>这里有好几个人…</translation>
        </message>
        <message>
            <source>Undo lets the faces be found again, but it does not bring the name back.</source>
            <translation>撤销可以让面孔重新被找到，但不会恢复名字。</translation>
        </message>
        <message>
            <source>When was {0} born?</source>
            <translation>{0} 是哪年出生的？</translation>
        </message>
        <message>
            <source>Where the name was written into sidecars beside the photos, it stays until names are written again.</source>
            <translation>如果名字已写入照片旁的附属文件，在下次写入名字之前它会留在那里。</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>这是谁？</translation>
        </message>
        <message>
            <source>Whom you hide is kept here, out of the way, and can be shown again.</source>
            <translation>你隐藏的人物会放在这里，不再打扰，随时可以重新显示。</translation>
        </message>
        <message>
            <source>Works here</source>
            <translation>在此工作</translation>
        </message>
        <message>
            <source>Year of birth</source>
            <translation>出生年份</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>此人</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} 和 {1}</translation>
        </message>
        <message>
            <source>{0} is here already, but hidden: {1}.</source>
            <translation>这里已有 {0}，但已隐藏：{1}。</translation>
        </message>
        <message>
            <source>{0} is here already: {1}.</source>
            <translation>这里已有 {0}：{1}。</translation>
        </message>
    </context>
    <context>
        <name>person</name>
        <message>
            <source>Choose the cover</source>
            <translation>选择封面</translation>
        </message>
        <message>
            <source>Click to change the name</source>
            <translation>点击以更改名字</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>封面</translation>
        </message>
        <message>
            <source>Estimated from {0}. Most of them look this age; it may be wrong.</source>
            <translation>根据 {0} 估计。大多看上去是这个年纪；可能有误。</translation>
        </message>
        <message>
            <source>Estimated from {0}: {1} years on average, from {2} to {3}. Most of them look the ages in brackets; it may be wrong.</source>
            <translation>根据 {0} 估计：平均 {1} 岁，从 {2} 到 {3} 岁。大多看上去是括号中的年纪；可能有误。</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>面孔</translation>
        </message>
        <message>
            <source>Female</source>
            <translation>女</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>这是 {0} 吗？</translation>
        </message>
        <message>
            <source>Looks about {0}</source>
            <translation>看上去约 {0} 岁</translation>
        </message>
        <message>
            <source>Looks about {0} ({1})</source>
            <translation>看上去约 {0} 岁（{1}）</translation>
        </message>
        <message>
            <source>Looks {0}</source>
            <translation>看上去 {0} 岁</translation>
        </message>
        <message>
            <source>Male</source>
            <translation>男</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>More that can be done with this person</source>
            <translation>可对此人进行的更多操作</translation>
        </message>
        <message>
            <source>No, not {0} (N)</source>
            <translation>不，不是 {0} (N)</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>不是此人</translation>
        </message>
        <message>
            <source>Not {0} in these photos</source>
            <translation>这些照片中不是 {0}</translation>
        </message>
        <message>
            <source>Not {0} in this photo</source>
            <translation>这张照片中不是 {0}</translation>
        </message>
        <message>
            <source>Open photo</source>
            <translation>打开照片</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>人物</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Photos with {0}: {1}</source>
            <translation>与 {0} 的合影：{1}</translation>
        </message>
        <message>
            <source>Select the face for the cover and press C.</source>
            <translation>选择用作封面的面孔，然后按 C。</translation>
        </message>
        <message>
            <source>Select the faces that are somebody else's.</source>
            <translation>选择属于其他人的面孔。</translation>
        </message>
        <message>
            <source>Show all {0} in Review</source>
            <translation>在“核对”中显示全部 {0} 项</translation>
        </message>
        <message>
            <source>Show in Review</source>
            <translation>在“核对”中显示</translation>
        </message>
        <message>
            <source>Show photos together with…</source>
            <translation>显示与谁的合影…</translation>
        </message>
        <message>
            <source>Show the {0} with {1}</source>
            <translation>显示与 {1} 的 {0}</translation>
        </message>
        <message>
            <source>The rest</source>
            <translation>其余</translation>
        </message>
        <message>
            <source>These look different</source>
            <translation>这些看上去不一样</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>用作封面</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>这是谁？</translation>
        </message>
        <message>
            <source>Yes, {0} (Y)</source>
            <translation>是，{0} (Y)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>未命名的人物</translation>
        </message>
        <message>
            <source>born {0}</source>
            <translation>{0} 年出生</translation>
        </message>
        <message>
            <source>female</source>
            <translation>女</translation>
        </message>
        <message>
            <source>male</source>
            <translation>男</translation>
        </message>
        <message>
            <source>the same person</source>
            <translation>同一个人</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>此人</translation>
        </message>
        <message>
            <source>with</source>
            <translation>与</translation>
        </message>
        <message>
            <source>works here</source>
            <translation>在此工作</translation>
        </message>
        <message>
            <source>{0} (estimated)</source>
            <translation>{0}（估计）</translation>
        </message>
        <message>
            <source>{0} more</source>
            <translation>另外 {0} 个</translation>
        </message>
        <message>
            <source>{0} more who are in the same photos</source>
            <translation>同在照片中的另外 {0} 个人物</translation>
        </message>
    </context>
    <context>
        <name>photos</name>
        <message>
            <source>A stranger</source>
            <translation>陌生人</translation>
        </message>
        <message>
            <source>Alike faces stand together. Select some to say who they are.</source>
            <translation>相似的面孔排在一起。选择一些，说明他们是谁。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Close the stack</source>
            <translation>关闭堆叠</translation>
        </message>
        <message>
            <source>Close the stack (Esc)</source>
            <translation>关闭堆叠 (Esc)</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <source>Copy file</source>
            <translation>复制文件</translation>
        </message>
        <message>
            <source>Copy image</source>
            <translation>复制图像</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>导出照片…</translation>
        </message>
        <message>
            <source>Export {0}…</source>
            <translation>导出 {0}…</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>{0} 的面孔</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>没有名字的面孔</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>面孔</translation>
        </message>
        <message>
            <source>Hard to recognise</source>
            <translation>难以辨认</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>置于顶层</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>More that can be said of the selected faces</source>
            <translation>可对所选面孔进行的更多操作</translation>
        </message>
        <message>
            <source>Move to…</source>
            <translation>移动到…</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>无日期</translation>
        </message>
        <message>
            <source>No date; its file is of {0}</source>
            <translation>无日期；文件日期为 {0}</translation>
        </message>
        <message numerus="yes">
            <source>None of these {0} photos is on this disk, so they cannot be dragged.</source>
            <translation>
                <numerusform>这 {0} 张照片都不在这台电脑上，因此无法拖动。</numerusform>
            </translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>不是面孔</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>不是此人</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>不是 {0}</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open with the default program</source>
            <translation>用默认程序打开</translation>
        </message>
        <message>
            <source>Photo of {0}</source>
            <translation>{0} 的照片</translation>
        </message>
        <message>
            <source>Photo without a date</source>
            <translation>无日期的照片</translation>
        </message>
        <message>
            <source>Photo without a date; its file is of {0}</source>
            <translation>无日期的照片；文件日期为 {0}</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>此堆叠中的照片</translation>
        </message>
        <message>
            <source>Photos of this stack</source>
            <translation>此堆叠的照片</translation>
        </message>
        <message>
            <source>Select the whole group</source>
            <translation>选择整个分组</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>显示此人的所有照片</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>显示 {0} 的所有照片</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>显示照片</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>其他人…</translation>
        </message>
        <message>
            <source>Stack these photos</source>
            <translation>堆叠这些照片</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>移出堆叠</translation>
        </message>
        <message>
            <source>The camera wrote no date; the file is of {0}</source>
            <translation>相机没有写入日期；文件日期为 {0}</translation>
        </message>
        <message>
            <source>They are one person who gets a name later</source>
            <translation>他们是同一个人，稍后命名</translation>
        </message>
        <message>
            <source>This is someone else…</source>
            <translation>这是其他人…</translation>
        </message>
        <message>
            <source>Top</source>
            <translation>顶层</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>未命名</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>用作封面</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>这是谁？</translation>
        </message>
        <message>
            <source>Without a name</source>
            <translation>没有名字</translation>
        </message>
        <message>
            <source>Yes, it is this person</source>
            <translation>是，就是此人</translation>
        </message>
        <message>
            <source>Yes, it is {0}</source>
            <translation>是，是 {0}</translation>
        </message>
        <message>
            <source>in a video at {0}</source>
            <translation>在视频的 {0} 处</translation>
        </message>
        <message>
            <source>not sure</source>
            <translation>不确定</translation>
        </message>
        <message>
            <source>video, {0}</source>
            <translation>视频，{0}</translation>
        </message>
        <message>
            <source>you said so</source>
            <translation>由你标注</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces selected</source>
            <translation>
                <numerusform>已选择 {0} 张面孔</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in this stack</source>
            <translation>此堆叠中有 {0}</translation>
        </message>
        <message numerus="yes">
            <source>{0} photos are not on this disk and are left out.</source>
            <translation>
                <numerusform>{0} 张照片不在这台电脑上，已略过。</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with this picture</source>
            <translation>此图片有 {0}</translation>
        </message>
        <message>
            <source>{0} · age {1}</source>
            <translation>{0} · {1} 岁</translation>
        </message>
        <message>
            <source>{0}, on top of the stack</source>
            <translation>{0}，位于堆叠顶层</translation>
        </message>
    </context>
    <context>
        <name>review</name>
        <message>
            <source>1 face in question</source>
            <translation>1 张待核对的面孔</translation>
        </message>
        <message>
            <source>Almost certainly</source>
            <translation>几乎可以肯定</translation>
        </message>
        <message>
            <source>Are all of these the same person?</source>
            <translation>这些都是同一个人吗？</translation>
        </message>
        <message>
            <source>Are these the same person?</source>
            <translation>这些是同一个人吗？</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>{0} 和 {1} 是同一个人吗？</translation>
        </message>
        <message>
            <source>Ask skipped ones again</source>
            <translation>重新询问跳过的问题</translation>
        </message>
        <message>
            <source>C or Space shows the whole photo  ·  W tells why it is asked</source>
            <translation>按 C 或空格键显示整张照片  ·  按 W 查看询问原因</translation>
        </message>
        <message>
            <source>Different people</source>
            <translation>不同的人</translation>
        </message>
        <message>
            <source>Do these belong with {0}?</source>
            <translation>这些属于 {0} 吗？</translation>
        </message>
        <message>
            <source>Does this face belong with {0}?</source>
            <translation>这张面孔属于 {0} 吗？</translation>
        </message>
        <message>
            <source>Even the nearest face of {0} is not very much alike.</source>
            <translation>即使是 {0} 最接近的面孔也不太像。</translation>
        </message>
        <message>
            <source>Face {0} of {1}</source>
            <translation>第 {0} 张面孔，共 {1} 张</translation>
        </message>
        <message>
            <source>Faces in question</source>
            <translation>待核对的面孔</translation>
        </message>
        <message>
            <source>Faces they are held against</source>
            <translation>用于比较的面孔</translation>
        </message>
        <message>
            <source>How many of the questions are answered</source>
            <translation>已回答多少问题</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>这是 {0} 吗？</translation>
        </message>
        <message>
            <source>It looks like someone else</source>
            <translation>看上去像其他人</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure who somebody is.</source>
            <translation>不确定某人是谁时，Kinfolk 会询问你。</translation>
        </message>
        <message>
            <source>Kinfolk asks you as soon as it has found people in your photos.</source>
            <translation>在你的照片中找到人物后，Kinfolk 就会询问你。</translation>
        </message>
        <message>
            <source>Look at the whole photo</source>
            <translation>查看整张照片</translation>
        </message>
        <message>
            <source>Looking for what to ask…</source>
            <translation>正在查找要问的问题…</translation>
        </message>
        <message>
            <source>No</source>
            <translation>否</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>无日期</translation>
        </message>
        <message>
            <source>No questions yet</source>
            <translation>还没有问题</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>不是面孔</translation>
        </message>
        <message>
            <source>Not faces</source>
            <translation>不是面孔</translation>
        </message>
        <message>
            <source>Not likely, but worth a look</source>
            <translation>可能性不大，但值得一看</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>不是 {0}</translation>
        </message>
        <message>
            <source>Nothing to ask</source>
            <translation>没有要问的</translation>
        </message>
        <message>
            <source>Of 100 questions like this one, about {0} are answered with yes.</source>
            <translation>在 100 个这样的问题中，约有 {0} 个的回答为“是”。</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>请稍候。</translation>
        </message>
        <message>
            <source>Only about {0} in 100 faces like these belong where they are.</source>
            <translation>在 100 张这样的面孔中，只有约 {0} 张归属正确。</translation>
        </message>
        <message>
            <source>Or an unnamed person?</source>
            <translation>还是未命名的人物？</translation>
        </message>
        <message>
            <source>Or {0}?</source>
            <translation>还是 {0}？</translation>
        </message>
        <message>
            <source>Perhaps</source>
            <translation>也许</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>Quite likely</source>
            <translation>很有可能</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>核对</translation>
        </message>
        <message>
            <source>Show all photos</source>
            <translation>显示所有照片</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>显示 {0} 的所有照片</translation>
        </message>
        <message>
            <source>Show people</source>
            <translation>显示人物</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>显示照片</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>已跳过</translation>
        </message>
        <message>
            <source>Someone else</source>
            <translation>其他人</translation>
        </message>
        <message>
            <source>Someone else: type a name</source>
            <translation>其他人：输入名字</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>其他人…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>That is all for now</source>
            <translation>暂时就这些</translation>
        </message>
        <message>
            <source>The nearest face of {0} is quite alike.</source>
            <translation>{0} 最接近的面孔相当像。</translation>
        </message>
        <message>
            <source>The nearest face of {0} is very much alike.</source>
            <translation>{0} 最接近的面孔非常像。</translation>
        </message>
        <message>
            <source>The next likely person</source>
            <translation>下一个可能的人</translation>
        </message>
        <message>
            <source>The other faces, {0} in all</source>
            <translation>其他面孔，共 {0} 张</translation>
        </message>
        <message>
            <source>They look like someone else</source>
            <translation>他们看上去像其他人</translation>
        </message>
        <message>
            <source>Unnamed faces</source>
            <translation>未命名的面孔</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>未命名的人物</translation>
        </message>
        <message>
            <source>Very likely</source>
            <translation>非常可能</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>为什么？</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>You settled {0}. Kinfolk asks again when there is something new.</source>
            <translation>你已核对 {0}。有新内容时 Kinfolk 会再询问。</translation>
        </message>
        <message numerus="yes">
            <source>about {0} faces</source>
            <translation>
                <numerusform>约 {0} 张面孔</numerusform>
            </translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>未命名的人物</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>此人</translation>
        </message>
        <message>
            <source>{0}  ·  Backspace takes it back</source>
            <translation>{0}  ·  按退格键撤回</translation>
        </message>
        <message>
            <source>{0} ({1} % sure)</source>
            <translation>{0}（{1}% 确定）</translation>
        </message>
        <message>
            <source>{0} ({1} %)</source>
            <translation>{0} ({1}%)</translation>
        </message>
        <message>
            <source>{0} in question</source>
            <translation>{0}待核对</translation>
        </message>
        <message>
            <source>{0} is more alike still.</source>
            <translation>{0} 还要更像。</translation>
        </message>
        <message>
            <source>{0} is nearly as alike.</source>
            <translation>{0} 几乎同样像。</translation>
        </message>
        <message>
            <source>{0} is next, but clearly less alike.</source>
            <translation>其次是 {0}，但明显没那么像。</translation>
        </message>
        <message>
            <source>{0} of the nearest {1} you placed yourself.</source>
            <translation>最接近的 {1} 中有 {0} 张由你归入。</translation>
        </message>
        <message>
            <source>{0} of {1}, ← and → show the others</source>
            <translation>{0} / {1}，按 ← 和 → 显示其他</translation>
        </message>
        <message numerus="yes">
            <source>{0} questions left</source>
            <translation>
                <numerusform>还剩 {0} 个问题</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, it settles 1 face</source>
            <translation>{0}，涉及 1 张面孔</translation>
        </message>
        <message>
            <source>{0}, it settles {1}</source>
            <translation>{0}，涉及 {1}</translation>
        </message>
        <message>
            <source>{0}, they settle {1}</source>
            <translation>{0}，涉及 {1}</translation>
        </message>
        <message>
            <source>✓ The same person</source>
            <translation>✓ 同一个人</translation>
        </message>
    </context>
    <context>
        <name>sayings</name>
        <message>
            <source>, {0} found</source>
            <translation>，找到 {0}</translation>
        </message>
        <message>
            <source>--json needs a command; see `kinfolk --help`.</source>
            <translation>--json 需要一条命令；参见 `kinfolk --help`。</translation>
        </message>
        <message>
            <source>1 face</source>
            <translation>1 张面孔</translation>
        </message>
        <message>
            <source>1 face and its embedding are</source>
            <translation>1 张面孔及其特征</translation>
        </message>
        <message>
            <source>1 face is a stranger</source>
            <translation>1 张面孔是陌生人</translation>
        </message>
        <message>
            <source>1 face is not {0}</source>
            <translation>1 张面孔不是 {0}</translation>
        </message>
        <message>
            <source>1 face is {0}</source>
            <translation>1 张面孔是 {0}</translation>
        </message>
        <message>
            <source>1 face is {0}, not {1}</source>
            <translation>1 张面孔是 {0}，不是 {1}</translation>
        </message>
        <message>
            <source>1 face that you placed is</source>
            <translation>由你归入的 1 张面孔</translation>
        </message>
        <message>
            <source>1 face with {0} looks like someone else. Does it belong there?</source>
            <translation>{0} 的 1 张面孔看上去像其他人。它属于这里吗？</translation>
        </message>
        <message>
            <source>1 is not a face</source>
            <translation>1 张不是面孔</translation>
        </message>
        <message>
            <source>1 of the faces is</source>
            <translation>其中 1 张面孔</translation>
        </message>
        <message>
            <source>1 person</source>
            <translation>1 个人物</translation>
        </message>
        <message>
            <source>1 person is not staff</source>
            <translation>1 个人物不是员工</translation>
        </message>
        <message>
            <source>1 person is shown again</source>
            <translation>重新显示了 1 个人物</translation>
        </message>
        <message>
            <source>1 person is staff</source>
            <translation>1 个人物是员工</translation>
        </message>
        <message>
            <source>1 person or group</source>
            <translation>1 个人物或分组</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 张照片</translation>
        </message>
        <message>
            <source>1 place</source>
            <translation>1 个位置</translation>
        </message>
        <message>
            <source>1 unnamed person</source>
            <translation>1 个未命名的人物</translation>
        </message>
        <message>
            <source>1 unnamed person has</source>
            <translation>1 个未命名的人物</translation>
        </message>
        <message>
            <source>; {0} skipped</source>
            <translation>；跳过 {0}</translation>
        </message>
        <message>
            <source>A backup is damaged; `kinfolk backup --list` says which.</source>
            <translation>有备份已损坏；`kinfolk backup --list` 会指出是哪份。</translation>
        </message>
        <message>
            <source>A collection needs a name.</source>
            <translation>图集需要名称。</translation>
        </message>
        <message>
            <source>A command that is run when a task ends and for every alert, with a JSON document on its standard input.</source>
            <translation>任务结束和每次警报时运行的命令，其标准输入会收到一个 JSON 文档。</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is.</source>
            <translation>质量低于此值的面孔不算陌生人：无法判断是谁。</translation>
        </message>
        <message>
            <source>A high-definition face is larger than this.</source>
            <translation>高清面孔须大于此值。</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>更大的图片会被跳过。</translation>
        </message>
        <message>
            <source>A later call took its place.</source>
            <translation>已被之后的调用取代。</translation>
        </message>
        <message>
            <source>A name needs at least one letter.</source>
            <translation>名字至少需要一个字母或文字。</translation>
        </message>
        <message>
            <source>A person is founded by at least this many photos.</source>
            <translation>至少要有这么多张照片才会形成一个人物。</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>分析时所需内存超过此值的照片会被跳过。</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>分析时间超过此值的照片会被跳过。</translation>
        </message>
        <message>
            <source>A stack takes two photos or more.</source>
            <translation>堆叠至少需要两张照片。</translation>
        </message>
        <message>
            <source>A stranger at {0}</source>
            <translation>{0} 有陌生人</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>陌生人总共出现在这么多张照片中就会触发警报。</translation>
        </message>
        <message>
            <source>A task of the type {0} cannot be cancelled.</source>
            <translation>类型为 {0} 的任务无法取消。</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>分析时间超过此值的视频会被跳过。</translation>
        </message>
        <message>
            <source>A window of Kinfolk has this library open, and does not answer. Wait a moment, or end it and try again.</source>
            <translation>Kinfolk 的一个窗口已打开此图库，但没有响应。请稍候，或结束它后重试。</translation>
        </message>
        <message>
            <source>A year of birth lies between {0} and {1}.</source>
            <translation>出生年份应在 {0} 和 {1} 之间。</translation>
        </message>
        <message>
            <source>An index is damaged in {0} ({1}).</source>
            <translation>{0} 中的一个索引已损坏（{1}）。</translation>
        </message>
        <message>
            <source>And of a quality above this.</source>
            <translation>且质量高于此值。</translation>
        </message>
        <message>
            <source>And turned less than this in every direction.</source>
            <translation>且在各方向上的偏转小于此值。</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos, and does not answer. Wait a moment or close it; listing and naming people works meanwhile.</source>
            <translation>另一个 Kinfolk 已打开此图库来分析照片，但没有响应。请稍候或关闭它；在此期间仍可列出和命名人物。</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos. Add folders there, or close it first; listing and naming people works meanwhile.</source>
            <translation>另一个 Kinfolk 已打开此图库来分析照片。请在那里添加文件夹，或先关闭它；在此期间仍可列出和命名人物。</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open. Close it and try again.</source>
            <translation>另一个 Kinfolk 已打开此图库。请关闭它后重试。</translation>
        </message>
        <message>
            <source>Another Kinfolk is bringing this library up to date. Wait until it is done and try again.</source>
            <translation>另一个 Kinfolk 正在更新此图库。请等它完成后重试。</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing something. Try again later.</source>
            <translation>另一个 Kinfolk 正在清除内容。请稍后重试。</translation>
        </message>
        <message>
            <source>Another Kinfolk makes a backup of this library. Wait until it is done and try again.</source>
            <translation>另一个 Kinfolk 正在备份此图库。请等它完成后重试。</translation>
        </message>
        <message>
            <source>Another version of Kinfolk has this library open.</source>
            <translation>另一个版本的 Kinfolk 已打开此图库。</translation>
        </message>
        <message>
            <source>Are these {0} faces {1}?</source>
            <translation>这 {0} 张面孔是 {1} 吗？</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>{0} 和 {1} 是同一个人吗？</translation>
        </message>
        <message>
            <source>Backup made</source>
            <translation>已备份</translation>
        </message>
        <message>
            <source>Backup restored</source>
            <translation>已恢复备份</translation>
        </message>
        <message>
            <source>Checking the library</source>
            <translation>检查图库</translation>
        </message>
        <message>
            <source>Chose a cover for {0}</source>
            <translation>为 {0} 选择了封面</translation>
        </message>
        <message>
            <source>Chose the top of a stack</source>
            <translation>选择了堆叠的顶层照片</translation>
        </message>
        <message>
            <source>Colours of the window: system, light or dark.</source>
            <translation>窗口的颜色：system（跟随系统）、light（浅色）或 dark（深色）。</translation>
        </message>
        <message>
            <source>Confirmed {0} of {1}</source>
            <translation>确认了 {1} 的 {0}</translation>
        </message>
        <message>
            <source>Contact sheet of {0}</source>
            <translation>{0} 的照片索引页</translation>
        </message>
        <message>
            <source>Deleted the collection {0}</source>
            <translation>删除了图集 {0}</translation>
        </message>
        <message>
            <source>Drew a face</source>
            <translation>框出了一张面孔</translation>
        </message>
        <message>
            <source>Drew a face of {0}</source>
            <translation>框出了 {0} 的一张面孔</translation>
        </message>
        <message>
            <source>Erased all face data: {0}. This cannot be undone; only photos that are new from now on are looked at</source>
            <translation>清除了所有面孔数据：{0}。此操作无法撤销；只会分析今后的新照片</translation>
        </message>
        <message>
            <source>Erased {0} of strangers, whom nobody has named; this cannot be undone</source>
            <translation>清除了无人命名的陌生人的 {0}；此操作无法撤销</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>清除面孔数据</translation>
        </message>
        <message>
            <source>Everything else is looked at once the library's file is sound.</source>
            <translation>图库文件修复后，才会检查其余内容。</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>导出照片</translation>
        </message>
        <message>
            <source>Face data erased</source>
            <translation>已清除面孔数据</translation>
        </message>
        <message>
            <source>Faces grouped</source>
            <translation>已对面孔分组</translation>
        </message>
        <message>
            <source>Faces grouped afresh</source>
            <translation>已对面孔重新分组</translation>
        </message>
        <message>
            <source>Faces of two collections cannot be one person.</source>
            <translation>两个图集中的面孔不能是同一个人物。</translation>
        </message>
        <message>
            <source>Forgot someone</source>
            <translation>忘记了某人</translation>
        </message>
        <message>
            <source>Grouping all faces afresh</source>
            <translation>对所有面孔重新分组</translation>
        </message>
        <message>
            <source>Grouping faces</source>
            <translation>对面孔分组</translation>
        </message>
        <message>
            <source>Hid 1 unnamed person</source>
            <translation>隐藏了 1 个未命名的人物</translation>
        </message>
        <message>
            <source>Hid {0}</source>
            <translation>隐藏了 {0}</translation>
        </message>
        <message>
            <source>Hid {0} unnamed people</source>
            <translation>隐藏了 {0} 个未命名的人物</translation>
        </message>
        <message>
            <source>How hard Kinfolk works: full; gentle, one photo at a time and behind everything else; or auto, which is gentle on battery.</source>
            <translation>Kinfolk 的工作强度：full（全速）；gentle（轻柔），一次一张照片，让其他程序优先；auto，使用电池时轻柔。</translation>
        </message>
        <message>
            <source>How many photos to look at at once; 0 is one a core.</source>
            <translation>同时分析多少张照片；0 表示每个核心一张。</translation>
        </message>
        <message>
            <source>Install Kinfolk again, or choose another model pack.</source>
            <translation>请重新安装 Kinfolk，或选择其他模型包。</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>这是 {0} 吗？</translation>
        </message>
        <message>
            <source>It cannot be read: {0}.</source>
            <translation>无法读取：{0}。</translation>
        </message>
        <message>
            <source>It cannot be written without its metadata; as an original it can be in the album.</source>
            <translation>无法在去除元数据的情况下写入；可以作为原始文件放入相册。</translation>
        </message>
        <message>
            <source>It crashes.</source>
            <translation>它会崩溃。</translation>
        </message>
        <message>
            <source>It does not answer.</source>
            <translation>它没有响应。</translation>
        </message>
        <message>
            <source>It is damaged: a row of the table {0} makes no sense.</source>
            <translation>已损坏：表 {0} 中有一行不合理。</translation>
        </message>
        <message>
            <source>It is damaged: a row points to one that is missing.</source>
            <translation>已损坏：有一行指向缺失的行。</translation>
        </message>
        <message>
            <source>It is damaged: it does not have its full size.</source>
            <translation>已损坏：大小不完整。</translation>
        </message>
        <message>
            <source>It is damaged: it is no database.</source>
            <translation>已损坏：不是数据库。</translation>
        </message>
        <message>
            <source>It is damaged: {0}.</source>
            <translation>已损坏：{0}。</translation>
        </message>
        <message>
            <source>It is no library of Kinfolk.</source>
            <translation>这不是 Kinfolk 的图库。</translation>
        </message>
        <message>
            <source>It is no photo or video that Kinfolk can open.</source>
            <translation>这不是 Kinfolk 能打开的照片或视频。</translation>
        </message>
        <message>
            <source>It sees something else than the processor.</source>
            <translation>它的结果与处理器不同。</translation>
        </message>
        <message>
            <source>It takes two different people to merge.</source>
            <translation>合并需要两个不同的人物。</translation>
        </message>
        <message>
            <source>It was cancelled; no name was taken in.</source>
            <translation>已取消；没有导入任何名字。</translation>
        </message>
        <message>
            <source>Its drive is not connected, or its folder is not there.</source>
            <translation>其驱动器未连接，或其文件夹不存在。</translation>
        </message>
        <message>
            <source>Kinfolk ended before this was done.</source>
            <translation>Kinfolk 在此完成之前已结束。</translation>
        </message>
        <message>
            <source>Kinfolk goes on without {0}, which failed{1}.</source>
            <translation>{0} 出现故障，Kinfolk 将不再使用它{1}。</translation>
        </message>
        <message>
            <source>Kinfolk has this library open on another computer, {0}. Close it there first.</source>
            <translation>另一台电脑 {0} 上的 Kinfolk 已打开此图库。请先在那里关闭它。</translation>
        </message>
        <message>
            <source>Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are checked when it is closed.</source>
            <translation>Kinfolk 正在分析照片：任务、计数以及面孔是否与日志一致，会在它关闭后检查。</translation>
        </message>
        <message>
            <source>Kinfolk is open and at work on this library. Close it, then let the doctor repair it.</source>
            <translation>Kinfolk 已打开并正在使用此图库。请关闭它，再让 doctor 修复。</translation>
        </message>
        <message>
            <source>LibRaw has not enough memory</source>
            <translation>LibRaw 内存不足</translation>
        </message>
        <message>
            <source>Library checked</source>
            <translation>已检查图库</translation>
        </message>
        <message>
            <source>Long side of the small picture kept of a photo.</source>
            <translation>为照片保存的小图的长边。</translation>
        </message>
        <message>
            <source>Looking at it needs more than {0} MB of memory; the setting photo_megabytes can allow more.</source>
            <translation>分析它需要超过 {0} MB 内存；可通过设置 photo_megabytes 放宽。</translation>
        </message>
        <message>
            <source>Looking at it took longer than {0} seconds, twice. The setting {1} can allow more.</source>
            <translation>两次分析它都超过了 {0} 秒。可通过设置 {1} 放宽。</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>分析照片</translation>
        </message>
        <message>
            <source>Made {0} unnamed people one</source>
            <translation>将 {0} 个未命名的人物合为一个</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>备份</translation>
        </message>
        <message>
            <source>Merged {0} into {1}</source>
            <translation>将 {0} 合并到 {1}</translation>
        </message>
        <message>
            <source>Named {0}</source>
            <translation>命名了 {0}</translation>
        </message>
        <message>
            <source>Names taken in</source>
            <translation>已导入名字</translation>
        </message>
        <message>
            <source>Names written into sidecars</source>
            <translation>已将名字写入附属文件</translation>
        </message>
        <message>
            <source>New faces are grouped this long after the last photo at the latest.</source>
            <translation>最晚在最后一张照片之后这么久对新面孔分组。</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on 1 face</source>
            <translation>导入了 1 个人物的名字，共 1 张面孔</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on {0} faces</source>
            <translation>导入了 1 个人物的名字，共 {0} 张面孔</translation>
        </message>
        <message>
            <source>Took in the names of {0} people, on {1} faces</source>
            <translation>导入了 {0} 个人物的名字，共 {1} 张面孔</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>无日期</translation>
        </message>
        <message>
            <source>1 file</source>
            <translation>1 个文件</translation>
        </message>
        <message>
            <source>1 new face</source>
            <translation>1 张新面孔</translation>
        </message>
        <message>
            <source>A pack cannot be called {0}: letters, digits, _ and - can be.</source>
            <translation>模型包不能叫 {0}：只能使用字母、数字、_ 和 -。</translation>
        </message>
        <message>
            <source>Another Kinfolk is busy with the pack {0}.</source>
            <translation>另一个 Kinfolk 正在处理模型包 {0}。</translation>
        </message>
        <message>
            <source>Another pack was set meanwhile.</source>
            <translation>在此期间设置了另一个模型包。</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>Connection timed out</source>
            <translation>连接超时</translation>
        </message>
        <message>
            <source>Device or resource busy</source>
            <translation>设备或资源正忙</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>超出磁盘配额</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Downloading a model pack</source>
            <translation>下载模型包</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>文件已存在</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>文件名太长</translation>
        </message>
        <message>
            <source>Host is down</source>
            <translation>对方计算机没有响应</translation>
        </message>
        <message>
            <source>How alike faces must be to be put together, from looser (-5) to stricter (5); 0 is what was measured for the model pack in use. Each pack has its own.</source>
            <translation>面孔须有多像才会分到一组，从较宽松 (-5) 到较严格 (5)；0 是为当前模型包测定的值。每个模型包各有自己的设置。</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>输入/输出错误</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>这是一个文件夹</translation>
        </message>
        <message>
            <source>It cannot be shown in a web album: there is no picture of it at hand.</source>
            <translation>无法在网页相册中显示：没有可用的图片。</translation>
        </message>
        <message>
            <source>It holds more, or larger, files than any model pack.</source>
            <translation>其中的文件比任何模型包都多或都大。</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>用其他模型包分析照片</translation>
        </message>
        <message>
            <source>Model pack downloaded</source>
            <translation>已下载模型包</translation>
        </message>
        <message>
            <source>No backup can be made in {0}: {1}. See whether you may write there.</source>
            <translation>无法在 {0} 中备份：{1}。请检查你是否有权写入。</translation>
        </message>
        <message>
            <source>No model pack is chosen. Choose compact, or a folder with models.</source>
            <translation>未选择模型包。请选择 compact 或含模型的文件夹。</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>磁盘空间不足</translation>
        </message>
        <message>
            <source>No such device</source>
            <translation>没有这个设备</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>找不到文件或文件夹</translation>
        </message>
        <message>
            <source>Nobody here has the id or the name “{0}”. `kinfolk people` lists everyone with their id.</source>
            <translation>这里没有人的 ID 或名字是“{0}”。`kinfolk people` 会列出所有人及其 ID。</translation>
        </message>
        <message>
            <source>None of these faces belongs to this person.</source>
            <translation>这些面孔都不属于此人。</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>这不是文件夹</translation>
        </message>
        <message>
            <source>Not every file could be a link there; those were copied.</source>
            <translation>并非每个文件都能在那里建立链接；这些文件已改为复制。</translation>
        </message>
        <message>
            <source>Nothing can be written into “{0}”: {1}.</source>
            <translation>无法写入“{0}”：{1}。</translation>
        </message>
        <message>
            <source>Nothing is to be exported: no files, no contact sheet and no web album.</source>
            <translation>没有要导出的内容：没有文件、照片索引页或网页相册。</translation>
        </message>
        <message>
            <source>Nothing was erased, since {0} cannot be written: {1}. Is the disk full or read-only?</source>
            <translation>没有清除任何内容，因为无法写入 {0}：{1}。磁盘是否已满或只读？</translation>
        </message>
        <message>
            <source>Of a stranger's face of at least this quality one photo is enough.</source>
            <translation>陌生人的面孔质量达到此值时，一张照片就够了。</translation>
        </message>
        <message>
            <source>Of group_when interval: from one grouping to the next.</source>
            <translation>用于 group_when interval：两次分组之间的间隔。</translation>
        </message>
        <message>
            <source>Of one video at most so many frames are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>一个视频最多分析这么多帧，均匀分布：越少越快，越多越能找到只出现片刻的人。</translation>
        </message>
        <message>
            <source>Of the model's authors; most allow non-commercial research only.</source>
            <translation>由模型作者规定；大多只允许非商业研究。</translation>
        </message>
        <message>
            <source>Of this raw file the camera’s own preview is shown: {0} of {1} pixels.</source>
            <translation>对此 RAW 文件显示的是相机自带的预览：{0}，原始为 {1} 像素。</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>同一陌生人至少隔这么久才会再次触发警报。</translation>
        </message>
        <message>
            <source>Only the first of its {0} pages is shown.</source>
            <translation>仅显示 {0} 页中的第一页。</translation>
        </message>
        <message>
            <source>Only the first of its {0} views is shown.</source>
            <translation>仅显示 {0} 个视图中的第一个。</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder once, and once took too long.</source>
            <translation>打开它时图片解码器崩溃过一次，还有一次耗时过长。</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder, twice.</source>
            <translation>打开它时图片解码器崩溃了两次。</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>不允许此操作</translation>
        </message>
        <message>
            <source>People of two collections are different people anyhow.</source>
            <translation>两个图集中的人物本来就是不同的人。</translation>
        </message>
        <message>
            <source>People of two collections are {0} one by one.</source>
            <translation>两个图集中的人物只能逐个{0}。</translation>
        </message>
        <message>
            <source>People of two collections cannot be merged.</source>
            <translation>两个图集中的人物不能合并。</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>没有权限</translation>
        </message>
        <message>
            <source>Person {0}</source>
            <translation>人物 {0}</translation>
        </message>
        <message>
            <source>Photos exported</source>
            <translation>已导出照片</translation>
        </message>
        <message>
            <source>Photos looked at</source>
            <translation>已分析照片</translation>
        </message>
        <message>
            <source>Photos of a cloud drive that are not on this disk: skip waits until they are; download lets looking at them download them.</source>
            <translation>云盘中不在这台电脑上的照片：skip 等待它们下载到本机；download 允许在分析时下载。</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>在这段时间内，同一陌生人的照片合并计算。</translation>
        </message>
        <message>
            <source>Put a detection and a recognition model (.onnx) there, or choose the pack compact.</source>
            <translation>请放入检测模型和识别模型 (.onnx)，或选择模型包 compact。</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>磁盘为只读</translation>
        </message>
        <message>
            <source>Redone: {0}</source>
            <translation>已重做：{0}</translation>
        </message>
        <message>
            <source>Renamed {0} to {1}</source>
            <translation>将 {0} 重命名为 {1}</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>恢复备份</translation>
        </message>
        <message>
            <source>Said again</source>
            <translation>已重做</translation>
        </message>
        <message>
            <source>Several people are called “{0}”; give the id of the one meant.</source>
            <translation>有多人叫“{0}”；请指定其 ID。</translation>
        </message>
        <message>
            <source>Side of the small picture kept of a face.</source>
            <translation>为面孔保存的小图的边长。</translation>
        </message>
        <message>
            <source>Small pictures cannot be kept in {0}: {1}. Make room there, or choose another library folder with --library.</source>
            <translation>无法在 {0} 中保存小图：{1}。请腾出空间，或用 --library 选择其他图库文件夹。</translation>
        </message>
        <message>
            <source>Small pictures kept; the oldest go first.</source>
            <translation>保存的小图；最旧的先删除。</translation>
        </message>
        <message>
            <source>Some checks are left out, since the library cannot be written.</source>
            <translation>由于无法写入图库，省略了部分检查。</translation>
        </message>
        <message>
            <source>Somebody changed the exported file since; it was left as it is.</source>
            <translation>导出的文件此后被改动过；已保持原样。</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge the two instead.</source>
            <translation>已有人叫 {0}；请改为合并这两人。</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge them, too.</source>
            <translation>已有人叫 {0}；请将他们一并合并。</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; move the faces there.</source>
            <translation>已有人叫 {0}；请将面孔移到那里。</translation>
        </message>
        <message>
            <source>Somebody is reading the library.</source>
            <translation>有程序正在读取图库。</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}.</source>
            <translation>你未命名的人出现了 {0}。</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}; of all you know they are most like {1} ({2}).</source>
            <translation>你未命名的人出现了 {0}；在你认识的人中最像 {1}（{2}）。</translation>
        </message>
        <message>
            <source>Someone</source>
            <translation>某人</translation>
        </message>
        <message>
            <source>Something else was said since; Undo takes that back first.</source>
            <translation>此后又有其他标注；撤销会先撤回那项。</translation>
        </message>
        <message>
            <source>Something is being exported into “{0}” already.</source>
            <translation>已有内容正在导出到“{0}”。</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk while grouping.</source>
            <translation>分组时 Kinfolk 内部出错。</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk.</source>
            <translation>Kinfolk 内部出错。</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk; its log says what.</source>
            <translation>Kinfolk 内部出错；详情见日志。</translation>
        </message>
        <message>
            <source>Something went wrong over it: {0}.</source>
            <translation>处理时出错：{0}。</translation>
        </message>
        <message>
            <source>Stacked {0} photos</source>
            <translation>堆叠了 {0} 张照片</translation>
        </message>
        <message>
            <source>Stale file handle</source>
            <translation>网络驱动器上的文件已不存在</translation>
        </message>
        <message>
            <source>Switched to another model pack</source>
            <translation>已切换到其他模型包</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>导入名字</translation>
        </message>
        <message>
            <source>That face does not belong to this person.</source>
            <translation>这张面孔不属于此人。</translation>
        </message>
        <message>
            <source>That frame does not lie in the photo.</source>
            <translation>该边框不在照片内。</translation>
        </message>
        <message>
            <source>That frame is too small for a face.</source>
            <translation>该边框太小，不足以成为面孔。</translation>
        </message>
        <message>
            <source>That the command may be run cannot be written to {0}: {1}.</source>
            <translation>无法将命令的运行许可写入 {0}：{1}。</translation>
        </message>
        <message>
            <source>That you agreed cannot be written to {0}: {1}.</source>
            <translation>无法将你的同意写入 {0}：{1}。</translation>
        </message>
        <message>
            <source>The XMP has a document type, which XMP must not have.</source>
            <translation>XMP 含有文档类型，而 XMP 不允许这样。</translation>
        </message>
        <message>
            <source>The XMP is damaged: it is no well-formed XML.</source>
            <translation>XMP 已损坏：不是格式正确的 XML。</translation>
        </message>
        <message>
            <source>The XMP is nested too deep.</source>
            <translation>XMP 嵌套过深。</translation>
        </message>
        <message>
            <source>The XMP is not written in UTF-8 or UTF-16.</source>
            <translation>XMP 不是以 UTF-8 或 UTF-16 编写的。</translation>
        </message>
        <message>
            <source>The XMP is too large.</source>
            <translation>XMP 过大。</translation>
        </message>
        <message>
            <source>The archive cannot be written to {0}: {1}. Is the disk full?</source>
            <translation>无法将压缩文件写入 {0}：{1}。磁盘是否已满？</translation>
        </message>
        <message>
            <source>The archive holds a link in place of a model; nothing is unpacked.</source>
            <translation>压缩文件中本应是模型的地方是一个链接；没有解压任何内容。</translation>
        </message>
        <message>
            <source>The archive holds far more than models; it is not unpacked.</source>
            <translation>压缩文件的内容远不止模型；不会解压。</translation>
        </message>
        <message>
            <source>The archive holds more than it says; nothing of it is used.</source>
            <translation>压缩文件的内容比它声明的多；其中的内容都不会使用。</translation>
        </message>
        <message>
            <source>The archive holds several packs; unpack it, and add the folder of one.</source>
            <translation>压缩文件中有多个模型包；请将其解压，然后添加其中一个的文件夹。</translation>
        </message>
        <message>
            <source>The archive holds something that is no model; nothing is unpacked.</source>
            <translation>压缩文件中有不是模型的内容；没有解压任何内容。</translation>
        </message>
        <message>
            <source>The archive is damaged: {0} cannot be unpacked.</source>
            <translation>压缩文件已损坏：无法解压 {0}。</translation>
        </message>
        <message>
            <source>The archive is locked with a password; unpack it, and add the folder.</source>
            <translation>压缩文件有密码保护；请将其解压，然后添加该文件夹。</translation>
        </message>
        <message>
            <source>The archive lacks what belongs into it: {0}.</source>
            <translation>压缩文件中缺少应有的内容：{0}。</translation>
        </message>
        <message>
            <source>The archive names places outside itself; nothing of it is unpacked.</source>
            <translation>压缩文件指向自身以外的位置；没有解压任何内容。</translation>
        </message>
        <message>
            <source>The backup was cancelled; nothing of it stays.</source>
            <translation>备份已取消；没有留下任何内容。</translation>
        </message>
        <message>
            <source>The backup {0} cannot be restored. {1} Choose another one; `kinfolk backup --list` lists them.</source>
            <translation>无法恢复备份 {0}。{1}请选择其他备份；`kinfolk backup --list` 会列出它们。</translation>
        </message>
        <message>
            <source>The backup {0} was made by a newer Kinfolk ({1}). Install the newest version to restore it.</source>
            <translation>备份 {0} 由更新版本的 Kinfolk 创建（{1}）。请安装最新版本后再恢复。</translation>
        </message>
        <message>
            <source>The collection {0} is called {1}</source>
            <translation>图集 {0} 改名为 {1}</translation>
        </message>
        <message>
            <source>The contact sheet cannot be written: {0}.</source>
            <translation>无法写入照片索引页：{0}。</translation>
        </message>
        <message>
            <source>The copy is not what the file is; the disk may be damaged.</source>
            <translation>副本与文件不一致；磁盘可能已损坏。</translation>
        </message>
        <message>
            <source>The copy of the library is not good, so it was not kept: {0} `kinfolk doctor` tells whether the library is.</source>
            <translation>图库副本有问题，因此未保留：{0}`kinfolk doctor` 会检查图库是否完好。</translation>
        </message>
        <message>
            <source>The detection model in {0} tells no landmarks. {1}</source>
            <translation>{0} 中的检测模型不提供面部特征点。{1}</translation>
        </message>
        <message>
            <source>The disk is full. What was exported until now stays; make room, and export again: it goes on there.</source>
            <translation>磁盘已满。已导出的内容会保留；请腾出空间后再次导出，会从那里继续。</translation>
        </message>
        <message>
            <source>The disk is full. What was written until now is whole, and so is all that was there before.</source>
            <translation>磁盘已满。已写入的内容完整无缺，原有内容也是。</translation>
        </message>
        <message>
            <source>The disk is full; this sidecar stays as it was.</source>
            <translation>磁盘已满；此附属文件保持原样。</translation>
        </message>
        <message>
            <source>The disk with the library {0} does not do as it is told: {1}. See whether it is connected, full or failing, and try again.</source>
            <translation>图库 {0} 所在的磁盘工作异常：{1}。请检查它是否已连接、已满或有故障，然后重试。</translation>
        </message>
        <message>
            <source>The disk with the library {0} is full. Make room on it and try again; nothing half-written stays.</source>
            <translation>图库 {0} 所在的磁盘已满。请腾出空间后重试；不会留下写了一半的内容。</translation>
        </message>
        <message>
            <source>The disk with {0} gives back something else than came.</source>
            <translation>{0} 所在的磁盘读出的内容与收到的不同。</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed for the archive and what is in it, and {2} MB are free.</source>
            <translation>{0} 所在的磁盘空间不足：压缩文件及其内容需要 {1} MB，可用 {2} MB。</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed, and {2} MB are free.</source>
            <translation>{0} 所在的磁盘空间不足：需要 {1} MB，可用 {2} MB。</translation>
        </message>
        <message>
            <source>The faces of this alert are not there any more.</source>
            <translation>此警报的面孔已不存在。</translation>
        </message>
        <message>
            <source>The file cannot be read or written; the disk may be damaged.</source>
            <translation>无法读取或写入文件；磁盘可能已损坏。</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>无法读取文件。</translation>
        </message>
        <message>
            <source>The file cannot be read: its name is not usable.</source>
            <translation>无法读取文件：文件名不可用。</translation>
        </message>
        <message>
            <source>The file cannot be read: {0}.</source>
            <translation>无法读取文件：{0}。</translation>
        </message>
        <message>
            <source>The file holds no XMP.</source>
            <translation>文件不含 XMP。</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>文件为空。</translation>
        </message>
        <message>
            <source>The file is in the cloud, not on this disk.</source>
            <translation>文件在云端，不在这台电脑上。</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>文件已不存在。</translation>
        </message>
        <message>
            <source>The file is too large for that disk.</source>
            <translation>文件对该磁盘来说太大。</translation>
        </message>
        <message>
            <source>The file is too large to be a photo.</source>
            <translation>文件太大，不像是照片。</translation>
        </message>
        <message>
            <source>The file was being changed while it was read.</source>
            <translation>读取时文件正在被更改。</translation>
        </message>
        <message>
            <source>The film is damaged.</source>
            <translation>短片已损坏。</translation>
        </message>
        <message>
            <source>The folder cannot be read: {0}.</source>
            <translation>无法读取文件夹：{0}。</translation>
        </message>
        <message>
            <source>The folder lacks what belongs into it: {0}.</source>
            <translation>文件夹中缺少应有的内容：{0}。</translation>
        </message>
        <message>
            <source>The folder of the library {0} cannot be written: {1}. Is the disk read-only?</source>
            <translation>无法写入图库 {0} 的文件夹：{1}。磁盘是否只读？</translation>
        </message>
        <message>
            <source>The folder to export into needs its whole path.</source>
            <translation>导出到的文件夹需要完整路径。</translation>
        </message>
        <message>
            <source>The folder {0} cannot be read ({1}).</source>
            <translation>无法读取文件夹 {0}（{1}）。</translation>
        </message>
        <message>
            <source>The folder {0} cannot be used for the library: {1}. Choose another one with --library.</source>
            <translation>文件夹 {0} 不能用于图库：{1}。请用 --library 选择其他文件夹。</translation>
        </message>
        <message>
            <source>The folder {0} cannot be written: {1}.</source>
            <translation>无法写入文件夹 {0}：{1}。</translation>
        </message>
        <message>
            <source>The folder {0} has no models. {1}</source>
            <translation>文件夹 {0} 中没有模型。{1}</translation>
        </message>
        <message>
            <source>The folder {0} has no {1} model. {2}</source>
            <translation>文件夹 {0} 中缺少模型：{1}。{2}</translation>
        </message>
        <message>
            <source>The folder {0} of the library is not there. Connect its drive or make the folder, and try again.</source>
            <translation>图库的文件夹 {0} 不存在。请连接其驱动器或创建该文件夹，然后重试。</translation>
        </message>
        <message>
            <source>The folder “{0}” cannot be made: {1}.</source>
            <translation>无法创建文件夹“{0}”：{1}。</translation>
        </message>
        <message>
            <source>The keywords there ({0}) are written in a way Kinfolk does not change.</source>
            <translation>那里的关键字（{0}）的写法是 Kinfolk 不会更改的。</translation>
        </message>
        <message>
            <source>The language of the window; system is that of the desktop.</source>
            <translation>窗口的语言；system 是跟随系统。</translation>
        </message>
        <message>
            <source>The library could not be brought back: {0}</source>
            <translation>无法找回图库：{0}</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened or written: {1}.</source>
            <translation>无法打开或写入图库 {0}：{1}。</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened. It must be a file, in a folder that you may read and write; or choose another folder with --library.</source>
            <translation>无法打开图库 {0}。它必须是一个文件，位于你可读写的文件夹中；或用 --library 选择其他文件夹。</translation>
        </message>
        <message>
            <source>The library {0} cannot be written: the file or its disk is read-only. Make it writable, or choose another folder with --library.</source>
            <translation>无法写入图库 {0}：文件或其磁盘为只读。请改为可写，或用 --library 选择其他文件夹。</translation>
        </message>
        <message>
            <source>The library {0} is damaged ({1}). Closing the window of Kinfolk and opening it again, or `kinfolk doctor --repair`, sets it aside, restores the newest good backup and says again what you have said since; your photos are not touched.</source>
            <translation>图库 {0} 已损坏（{1}）。关闭 Kinfolk 窗口再重新打开，或运行 `kinfolk doctor --repair`，会将它放到一旁，恢复最新的完好备份，并重做你此后的标注；你的照片不受影响。</translation>
        </message>
        <message>
            <source>The library {0} is held by another program for too long. Close it and try again.</source>
            <translation>图库 {0} 被其他程序占用过久。请关闭该程序后重试。</translation>
        </message>
        <message>
            <source>The library {0} is not there any more: it was moved or deleted, or its drive was disconnected. Put it back, and start Kinfolk again.</source>
            <translation>图库 {0} 已不存在：它被移动或删除，或其驱动器已断开。请将它放回原处，然后重新启动 Kinfolk。</translation>
        </message>
        <message>
            <source>The library {0} was written by a newer Kinfolk ({1}). Install the newest version to open it.</source>
            <translation>图库 {0} 由更新版本的 Kinfolk 写入（{1}）。请安装最新版本后再打开。</translation>
        </message>
        <message>
            <source>The library {0} was written by an older Kinfolk, and is only brought up to date once there is a backup. {1}</source>
            <translation>图库 {0} 由旧版本的 Kinfolk 写入，有了备份之后才会更新。{1}</translation>
        </message>
        <message>
            <source>The model pack in {0} has no manifest.json. {1}</source>
            <translation>{0} 中的模型包没有 manifest.json。{1}</translation>
        </message>
        <message>
            <source>The model pack in {0} is of format {1}, and this Kinfolk reads format {2}. {3}</source>
            <translation>{0} 中的模型包格式为 {1}，而此 Kinfolk 读取格式 {2}。{3}</translation>
        </message>
        <message>
            <source>The model pack that looks at photos: compact, or a folder.</source>
            <translation>用于分析照片的模型包：compact 或一个文件夹。</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}).</source>
            <translation>无法读取模型 {0}（{1}）。</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}). {2}</source>
            <translation>无法读取模型 {0}（{1}）。{2}</translation>
        </message>
        <message>
            <source>The model {0} cannot be used: {1}</source>
            <translation>无法使用模型 {0}：{1}</translation>
        </message>
        <message>
            <source>The model {0} is damaged: its contents have changed. {1}</source>
            <translation>模型 {0} 已损坏：其内容已改变。{1}</translation>
        </message>
        <message>
            <source>The model {0} is not the one that Kinfolk knows by this name. Nothing was changed; fetch the pack again.</source>
            <translation>模型 {0} 不是 Kinfolk 所知的同名模型。没有做任何更改；请重新下载模型包。</translation>
        </message>
        <message>
            <source>The model {0} was changed while it was loaded. Try again.</source>
            <translation>模型 {0} 在加载时被更改。请重试。</translation>
        </message>
        <message>
            <source>The models cannot be measured: {0}</source>
            <translation>无法测试模型：{0}</translation>
        </message>
        <message>
            <source>The models of the pack {0} are not those that Kinfolk used first: {1}. Nothing is looked at with them. Put the old files back, or say `kinfolk models accept {2}` if you changed them yourself.</source>
            <translation>模型包 {0} 中的模型与 Kinfolk 最初使用的不同：{1}。不会用它们分析任何内容。请放回旧文件；如果是你自己更改的，请运行 `kinfolk models accept {2}`。</translation>
        </message>
        <message>
            <source>The models run on the processor, not on {0}: {1}</source>
            <translation>模型在处理器上运行，而不是在 {0} 上：{1}</translation>
        </message>
        <message>
            <source>The name does not come back; the next indexing looks at the photos again.</source>
            <translation>名字不会恢复；下次索引时会重新分析照片。</translation>
        </message>
        <message>
            <source>The name of a collection cannot have characters that are not seen.</source>
            <translation>图集名称不能含有不可见的字符。</translation>
        </message>
        <message>
            <source>The newest good backup is more than a day old; `kinfolk backup` makes one.</source>
            <translation>最新的完好备份已超过一天；`kinfolk backup` 可创建一份。</translation>
        </message>
        <message>
            <source>The notify command cannot be started: {0}.</source>
            <translation>无法启动通知命令：{0}。</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: it has a zero character.</source>
            <translation>无法理解通知命令：其中含有零字符。</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: {0}.</source>
            <translation>无法理解通知命令：{0}。</translation>
        </message>
        <message>
            <source>The notify command failed: its exit status was {0}.</source>
            <translation>通知命令失败：退出状态为 {0}。</translation>
        </message>
        <message>
            <source>The notify command in the settings was not set on this computer, so it is not run. If it is yours, set it again.</source>
            <translation>设置中的通知命令不是在这台电脑上设置的，因此不会运行。如果是你的命令，请重新设置。</translation>
        </message>
        <message>
            <source>The notify command is empty.</source>
            <translation>通知命令为空。</translation>
        </message>
        <message>
            <source>The notify command is ended when it takes longer.</source>
            <translation>通知命令超过此时间会被结束。</translation>
        </message>
        <message>
            <source>The notify command is too slow: not every notice reaches it.</source>
            <translation>通知命令太慢：并非每条通知都能送达。</translation>
        </message>
        <message>
            <source>The notify command took longer than {0} s, and was ended.</source>
            <translation>通知命令耗时超过 {0} 秒，已被结束。</translation>
        </message>
        <message>
            <source>The notify command was ended by signal {0}.</source>
            <translation>通知命令被信号 {0} 结束。</translation>
        </message>
        <message>
            <source>The pack compact is part of Kinfolk and stays.</source>
            <translation>模型包 compact 是 Kinfolk 的一部分，会保留。</translation>
        </message>
        <message>
            <source>The pack {0} cannot be measured: it crashes or hangs on this computer.</source>
            <translation>无法测试模型包 {0}：它在这台电脑上崩溃或没有响应。</translation>
        </message>
        <message>
            <source>The pack {0} cannot be put into {1}: {2}. Is the disk full?</source>
            <translation>无法将模型包 {0} 放入 {1}：{2}。磁盘是否已满？</translation>
        </message>
        <message>
            <source>The pack {0} cannot be removed: {1}.</source>
            <translation>无法移除模型包 {0}：{1}。</translation>
        </message>
        <message>
            <source>The pack {0} could look at no photo, so all stays as it is.</source>
            <translation>模型包 {0} 未能分析任何照片，因此一切保持原样。</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. Is this computer connected to the internet? An archive that was fetched by other means can be added as a file.</source>
            <translation>无法下载模型包 {0}：{1}。这台电脑连接到互联网了吗？通过其他途径获得的压缩包可以作为文件添加。</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. What has come until now is kept, and the next try goes on from there.</source>
            <translation>无法下载模型包 {0}：{1}。已下载的部分会保留，下次尝试会从那里继续。</translation>
        </message>
        <message>
            <source>The pack {0} is being downloaded already.</source>
            <translation>模型包 {0} 已在下载中。</translation>
        </message>
        <message>
            <source>The pack {0} is in use already.</source>
            <translation>模型包 {0} 已在使用中。</translation>
        </message>
        <message>
            <source>The pack {0} is in use: use another one first.</source>
            <translation>模型包 {0} 正在使用：请先改用其他模型包。</translation>
        </message>
        <message>
            <source>The pack {0} is not for every use: {1}. Read its licence and agree to it first, on the Models page or with `kinfolk models licence {2} --accept-licence`.</source>
            <translation>模型包 {0} 不可用于任何用途：{1}。请先阅读其许可证并表示同意，可在“模型”页面进行，或运行 `kinfolk models licence {2} --accept-licence`。</translation>
        </message>
        <message>
            <source>The pack {0} is not where it was ({1}). Look for the archive {2}.zip on the page of its project, and add the file; a newer Kinfolk may know where it is.</source>
            <translation>模型包 {0} 已不在原处（{1}）。请在其项目页面上查找压缩文件 {2}.zip，然后添加该文件；更新版本的 Kinfolk 也许知道它在哪里。</translation>
        </message>
        <message>
            <source>The pack {0} is part of Kinfolk and never changes. {1}</source>
            <translation>模型包 {0} 是 Kinfolk 的一部分，永远不会改变。{1}</translation>
        </message>
        <message>
            <source>The photo is not there now.</source>
            <translation>照片目前不在。</translation>
        </message>
        <message>
            <source>The picture carries more text than a photo can need.</source>
            <translation>图片所含文字超出照片所需。</translation>
        </message>
        <message>
            <source>The picture is damaged and cannot be decoded.</source>
            <translation>图片已损坏，无法解码。</translation>
        </message>
        <message>
            <source>The picture is damaged, or stored in a rare way that Kinfolk cannot decode.</source>
            <translation>图片已损坏，或以 Kinfolk 无法解码的罕见方式存储。</translation>
        </message>
        <message>
            <source>The picture is damaged: its size is not what it says.</source>
            <translation>图片已损坏：大小与所述不符。</translation>
        </message>
        <message>
            <source>The picture is damaged: the file ends too early.</source>
            <translation>图片已损坏：文件过早结束。</translation>
        </message>
        <message>
            <source>The picture is damaged: there is nothing in the file but zeros.</source>
            <translation>图片已损坏：文件中全是零。</translation>
        </message>
        <message>
            <source>The picture is too large.</source>
            <translation>图片过大。</translation>
        </message>
        <message>
            <source>The picture is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>图片过大：{0} x {1} 像素，上限为 {2} 百万像素；可通过设置 photo_megapixels 放宽。</translation>
        </message>
        <message>
            <source>The picture moves; it is shown as it begins.</source>
            <translation>这是动态图片；显示其开头。</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot be started: {0}. Close other programs and try again.</source>
            <translation>无法启动分析照片的进程：{0}。请关闭其他程序后重试。</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot begin: {0}.</source>
            <translation>分析照片的进程无法开始：{0}。</translation>
        </message>
        <message>
            <source>The processes that look at photos do not get ready. Close other programs and try again.</source>
            <translation>分析照片的进程未能就绪。请关闭其他程序后重试。</translation>
        </message>
        <message>
            <source>The processes that look at photos end as soon as they are started. Close other programs and try again.</source>
            <translation>分析照片的进程一启动就结束。请关闭其他程序后重试。</translation>
        </message>
        <message>
            <source>The proxy wants to know who asks (407). Write that into its address, in the setting proxy: http://NAME:PASSWORD@HOST:PORT.</source>
            <translation>代理要求身份验证 (407)。请在设置 proxy 的地址中写明：http://用户名:密码@主机:端口。</translation>
        </message>
        <message>
            <source>The regions there are for an image of another shape than the photo has.</source>
            <translation>那里的区域所对应的图像与照片形状不同。</translation>
        </message>
        <message>
            <source>The regions there are written in a way Kinfolk does not change.</source>
            <translation>那里的区域的写法是 Kinfolk 不会更改的。</translation>
        </message>
        <message>
            <source>The server could not prove who it is, so nothing was taken from it: is the clock of this computer right, or does something read along on the way?</source>
            <translation>服务器无法证明自己的身份，因此没有从它那里接收任何内容：这台电脑的时钟准确吗？或者途中是否有人在窃听？</translation>
        </message>
        <message>
            <source>The server does not give the pack {0} away ({1}). Try again later.</source>
            <translation>服务器不提供模型包 {0}（{1}）。请稍后重试。</translation>
        </message>
        <message>
            <source>The server packs the archive once more on its way: it is of no use.</source>
            <translation>服务器在传输途中又压缩了一次压缩文件：这样无法使用。</translation>
        </message>
        <message>
            <source>The server sends in a circle: its answer is no file. Try again later.</source>
            <translation>服务器在循环重定向：它的回应不是文件。请稍后重试。</translation>
        </message>
        <message>
            <source>The server sends on to an address that is not safe (only https is), so nothing was taken from there. Fetch the archive by other means, and add the file.</source>
            <translation>服务器转到了不安全的地址（只有 https 是安全的），因此没有从那里接收任何内容。请用其他方式下载压缩文件，然后添加该文件。</translation>
        </message>
        <message>
            <source>The setting proxy cannot be used: it is an address such as http://proxy.home:3128, none, or empty for what the system says.</source>
            <translation>设置 proxy 无法使用：它应为 http://proxy.home:3128 这样的地址、none，或留空以跟随系统设置。</translation>
        </message>
        <message>
            <source>The setting {0} cannot be {1}: it is {2}.</source>
            <translation>设置 {0} 不能为 {1}：应为 {2}。</translation>
        </message>
        <message>
            <source>The setting {0} changes no groups, so there is no preview of it; those that have one are {1}.</source>
            <translation>设置 {0} 不会改变分组，因此没有预览；有预览的是 {1}。</translation>
        </message>
        <message>
            <source>The setting {0} is one of the library; a collection may set {1}.</source>
            <translation>设置 {0} 属于图库；图集可以设置 {1}。</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be used ({1}); mend or delete it.</source>
            <translation>无法使用 {0} 中的设置（{1}）；请修复或删除。</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be written: {1}.</source>
            <translation>无法写入 {0} 中的设置：{1}。</translation>
        </message>
        <message>
            <source>The sidecar cannot be read.</source>
            <translation>无法读取附属文件。</translation>
        </message>
        <message>
            <source>The sidecar cannot be written: {0}.</source>
            <translation>无法写入附属文件：{0}。</translation>
        </message>
        <message>
            <source>The sidecar could not be changed without harm; it stays as it is.</source>
            <translation>无法在不造成损坏的情况下更改附属文件；已保持原样。</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is no well-formed XML.</source>
            <translation>附属文件已损坏：不是格式正确的 XML。</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is not written in UTF-8.</source>
            <translation>附属文件已损坏：不是以 UTF-8 编写的。</translation>
        </message>
        <message>
            <source>The sidecar is nested too deep, or damaged.</source>
            <translation>附属文件嵌套过深或已损坏。</translation>
        </message>
        <message>
            <source>The sidecar is too large.</source>
            <translation>附属文件过大。</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk cannot keep.</source>
            <translation>附属文件的写法 Kinfolk 无法保留。</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk does not change.</source>
            <translation>附属文件的写法是 Kinfolk 不会更改的。</translation>
        </message>
        <message>
            <source>The sidecar is written in {0}, which Kinfolk does not change.</source>
            <translation>附属文件以 {0} 编写，Kinfolk 不会更改。</translation>
        </message>
        <message>
            <source>The sidecar was being changed by another program; nothing was written.</source>
            <translation>附属文件正被其他程序更改；没有写入任何内容。</translation>
        </message>
        <message>
            <source>The system ended the work on it {0} times, perhaps for want of memory. Close other programs and try again.</source>
            <translation>系统 {0} 次中止了对它的处理，可能是内存不足。请关闭其他程序后重试。</translation>
        </message>
        <message>
            <source>The task {0} has ended already: {1}.</source>
            <translation>任务 {0} 已经结束：{1}。</translation>
        </message>
        <message>
            <source>The video is damaged and cannot be decoded.</source>
            <translation>视频已损坏，无法解码。</translation>
        </message>
        <message>
            <source>The video is damaged: no picture of it can be decoded.</source>
            <translation>视频已损坏：其中没有可解码的画面。</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing at its start but zeros.</source>
            <translation>视频已损坏：开头全是零。</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing to be seen in it.</source>
            <translation>视频已损坏：其中看不到任何内容。</translation>
        </message>
        <message>
            <source>The video is damaged: this moment of it cannot be decoded.</source>
            <translation>视频已损坏：这一时刻无法解码。</translation>
        </message>
        <message>
            <source>The video is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>视频过大：{0} x {1} 像素，上限为 {2} 百万像素；可通过设置 photo_megapixels 放宽。</translation>
        </message>
        <message>
            <source>The window that is open is of another version of Kinfolk.</source>
            <translation>打开的窗口属于另一个版本的 Kinfolk。</translation>
        </message>
        <message>
            <source>The work</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>任务已中止</translation>
        </message>
        <message>
            <source>There are characters in it that XML cannot hold.</source>
            <translation>其中有 XML 无法容纳的字符。</translation>
        </message>
        <message>
            <source>There are no such photos any more.</source>
            <translation>这些照片已不存在。</translation>
        </message>
        <message>
            <source>There are {0} people and groups</source>
            <translation>有 {0} 个人物和分组</translation>
        </message>
        <message>
            <source>There can be no {0} there ({1}). Use --as copy.</source>
            <translation>那里无法建立{0}（{1}）。请使用 --as copy。</translation>
        </message>
        <message>
            <source>There is 1 person or group</source>
            <translation>有 1 个人物或分组</translation>
        </message>
        <message>
            <source>There is a collection “{0}” already.</source>
            <translation>已有图集“{0}”。</translation>
        </message>
        <message>
            <source>There is a face here already; say who it is.</source>
            <translation>这里已有一张面孔；请说明是谁。</translation>
        </message>
        <message>
            <source>There is another file of that name, which Kinfolk did not write.</source>
            <translation>已有同名的其他文件，不是 Kinfolk 写入的。</translation>
        </message>
        <message>
            <source>There is more than one picture in the file; the main one is shown.</source>
            <translation>文件中有多张图片；显示主要的一张。</translation>
        </message>
        <message>
            <source>There is no alert {0} here; `kinfolk alerts --all` lists them.</source>
            <translation>这里没有警报 {0}；`kinfolk alerts --all` 会列出所有警报。</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; `kinfolk collection create` makes one.</source>
            <translation>没有图集“{0}”；`kinfolk collection create` 可创建一个。</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; name those whose people are known.</source>
            <translation>没有图集“{0}”；请指定其中人物已知的图集。</translation>
        </message>
        <message>
            <source>There is no collection.</source>
            <translation>没有图集。</translation>
        </message>
        <message>
            <source>There is no good backup of the library yet; `kinfolk backup` makes one.</source>
            <translation>图库还没有完好的备份；`kinfolk backup` 可创建一份。</translation>
        </message>
        <message>
            <source>There is no library in {0}; `kinfolk index` makes one.</source>
            <translation>{0} 中没有图库；`kinfolk index` 可创建一个。</translation>
        </message>
        <message>
            <source>There is no model (.onnx) in it.</source>
            <translation>其中没有模型 (.onnx)。</translation>
        </message>
        <message>
            <source>There is no model pack {0}: {1} is not a folder. Put the pack's .onnx files there, or choose the pack compact.</source>
            <translation>没有模型包 {0}：{1} 不是文件夹。请将模型包的 .onnx 文件放在那里，或选择模型包 compact。</translation>
        </message>
        <message>
            <source>There is no pack {0} to be fetched; there are: {1}.</source>
            <translation>没有可下载的模型包 {0}；现有：{1}。</translation>
        </message>
        <message>
            <source>There is no pack {0} to be removed.</source>
            <translation>没有可移除的模型包 {0}。</translation>
        </message>
        <message>
            <source>There is no picture in the film.</source>
            <translation>短片中没有画面。</translation>
        </message>
        <message>
            <source>There is no picture in this video, only sound.</source>
            <translation>此视频没有画面，只有声音。</translation>
        </message>
        <message>
            <source>There is no picture of it at hand.</source>
            <translation>手头没有它的图片。</translation>
        </message>
        <message>
            <source>There is no place for a photo to measure with: {0}.</source>
            <translation>没有地方存放用于测试的照片：{0}。</translation>
        </message>
        <message>
            <source>There is no room for a backup in {0}. Make room and try again.</source>
            <translation>{0} 中没有空间存放备份。请腾出空间后重试。</translation>
        </message>
        <message>
            <source>There is no setting {0}; `kinfolk settings` lists them.</source>
            <translation>没有设置 {0}；`kinfolk settings` 会列出所有设置。</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>此图集已不存在。</translation>
        </message>
        <message>
            <source>There is no such folder any more.</source>
            <translation>此文件夹已不存在。</translation>
        </message>
        <message>
            <source>There is no such person any more.</source>
            <translation>此人物已不存在。</translation>
        </message>
        <message>
            <source>There is no such photo any more.</source>
            <translation>此照片已不存在。</translation>
        </message>
        <message>
            <source>There is no such photo in the album any more.</source>
            <translation>相册中已没有此照片。</translation>
        </message>
        <message>
            <source>There is no switch to another pack that could be taken back.</source>
            <translation>没有可撤回的模型包切换。</translation>
        </message>
        <message>
            <source>There is no task {0}; tasks are kept for 7 days.</source>
            <translation>没有任务 {0}；任务保留 7 天。</translation>
        </message>
        <message>
            <source>There is not enough memory to open this picture.</source>
            <translation>内存不足，无法打开此图片。</translation>
        </message>
        <message>
            <source>There is not enough memory to open this video.</source>
            <translation>内存不足，无法打开此视频。</translation>
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation>没有可重做的内容。</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>没有可撤销的内容。</translation>
        </message>
        <message>
            <source>These faces are not in the library any more.</source>
            <translation>这些面孔已不在图库中。</translation>
        </message>
        <message>
            <source>These faces are of another collection than the person.</source>
            <translation>这些面孔与此人物不属于同一图集。</translation>
        </message>
        <message>
            <source>These photos are in no stack.</source>
            <translation>这些照片不在任何堆叠中。</translation>
        </message>
        <message>
            <source>These photos are not of one collection.</source>
            <translation>这些照片不属于同一图集。</translation>
        </message>
        <message>
            <source>They are one person already, {0}; select the faces that are somebody else and split them off.</source>
            <translation>他们已是同一个人物 {0}；请选择属于其他人的面孔并将其分出。</translation>
        </message>
        <message>
            <source>This counts as no face; say who it is to have it back.</source>
            <translation>这被视为不是面孔；说明是谁即可恢复。</translation>
        </message>
        <message>
            <source>This is a JPEG XL picture; the package pylibjxl that opens those is not installed.</source>
            <translation>这是 JPEG XL 图片；用于打开它的软件包 pylibjxl 未安装。</translation>
        </message>
        <message>
            <source>This is a device or a pipe, not a photo.</source>
            <translation>这是设备或管道，不是照片。</translation>
        </message>
        <message>
            <source>This is a folder, not a photo.</source>
            <translation>这是文件夹，不是照片。</translation>
        </message>
        <message>
            <source>This is a link to a file that is not there.</source>
            <translation>这是一个链接，所指的文件不存在。</translation>
        </message>
        <message>
            <source>This is a raw file of a kind that Kinfolk cannot open.</source>
            <translation>这是 Kinfolk 无法打开的一种 RAW 文件。</translation>
        </message>
        <message>
            <source>This is a video and no photo.</source>
            <translation>这是视频，不是照片。</translation>
        </message>
        <message>
            <source>This is not a kind of picture that Kinfolk can open.</source>
            <translation>这不是 Kinfolk 能打开的图片类型。</translation>
        </message>
        <message>
            <source>This is not a kind of video that Kinfolk can open.</source>
            <translation>这不是 Kinfolk 能打开的视频类型。</translation>
        </message>
        <message>
            <source>This is the only collection; a library has at least one.</source>
            <translation>这是唯一的图集；图库至少要有一个。</translation>
        </message>
        <message>
            <source>This is {0}, which Kinfolk cannot open.</source>
            <translation>这是 {0}，Kinfolk 无法打开。</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with it.</source>
            <translation>此 onnxruntime 不包含它。</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with {0}.</source>
            <translation>此 onnxruntime 不包含 {0}。</translation>
        </message>
        <message>
            <source>This photo is in no stack.</source>
            <translation>此照片不在任何堆叠中。</translation>
        </message>
        <message>
            <source>This raw file is shown at half its size: {0} of {1} pixels.</source>
            <translation>此 RAW 文件以一半尺寸显示：{0}，原始为 {1} 像素。</translation>
        </message>
        <message>
            <source>This takes {0}, and “{1}” has {2} left. Make room there, or choose another folder.</source>
            <translation>需要 {0}，而“{1}”只剩 {2}。请在那里腾出空间，或选择其他文件夹。</translation>
        </message>
        <message>
            <source>Took back</source>
            <translation>已撤回</translation>
        </message>
        <message>
            <source>Took back when {0} was born</source>
            <translation>撤回了 {0} 的出生年份</translation>
        </message>
        <message>
            <source>Took {0} out of a stack</source>
            <translation>将 {0} 移出堆叠</translation>
        </message>
        <message>
            <source>Traces of it stay in {0}: {1}. See whether the disk is full or read-only, and do it again.</source>
            <translation>{0} 中还留有痕迹：{1}。请检查磁盘是否已满或只读，然后再做一次。</translation>
        </message>
        <message>
            <source>Traces of it stay on the disk for now: Kinfolk erases them when it is closed or opened.</source>
            <translation>磁盘上暂时还留有痕迹：Kinfolk 会在关闭或打开时清除。</translation>
        </message>
        <message>
            <source>Transport endpoint is not connected</source>
            <translation>网络驱动器未连接</translation>
        </message>
        <message>
            <source>Undone: {0}</source>
            <translation>已撤销：{0}</translation>
        </message>
        <message>
            <source>What came is not the archive that Kinfolk knows: its SHA-256 is {0}, not {1}. Nothing of it was kept. Try again later, or fetch the archive by other means and add the file.</source>
            <translation>收到的不是 Kinfolk 所知的压缩文件：其 SHA-256 是 {0}，而不是 {1}。没有保留任何内容。请稍后重试，或用其他方式下载压缩文件，然后添加该文件。</translation>
        </message>
        <message>
            <source>What downloads of models go through: an address such as http://proxy.home:3128, none, or nothing for what the system says.</source>
            <translation>下载模型时经过的代理：http://proxy.home:3128 这样的地址、none，或留空以跟随系统设置。</translation>
        </message>
        <message>
            <source>What runs the models: cpu is the processor, auto is what was measured to be the fastest.</source>
            <translation>运行模型的硬件：cpu 是处理器，auto 是测得最快的。</translation>
        </message>
        <message>
            <source>What shows on the desktop: off is nothing, long is alerts and work of over a minute, all is alerts and every end of a task.</source>
            <translation>在桌面上显示什么：off 不显示，long 显示警报和超过一分钟的任务，all 显示警报和每个结束的任务。</translation>
        </message>
        <message>
            <source>What the server has is not the archive that Kinfolk knows: it has {0} bytes, not {1}. Nothing was taken. Does this computer have to sign in to its network first? Else fetch the archive by other means and add the file.</source>
            <translation>服务器上的不是 Kinfolk 所知的压缩文件：它有 {0} 字节，而不是 {1}。没有接收任何内容。这台电脑是否需要先登录网络？否则请用其他方式下载压缩文件，然后添加该文件。</translation>
        </message>
        <message>
            <source>What the server has is too large to be a model pack.</source>
            <translation>服务器上的文件太大，不可能是模型包。</translation>
        </message>
        <message>
            <source>When new faces are grouped: settled is after the last photo, interval is every group_minutes, asked is only when the user says so.</source>
            <translation>何时对新面孔分组：settled 是在最后一张照片之后，interval 是每隔 group_minutes，asked 是仅在用户要求时。</translation>
        </message>
        <message>
            <source>Where the window has exported photos to last.</source>
            <translation>窗口上次导出照片的位置。</translation>
        </message>
        <message>
            <source>Whether Kinfolk stays in the tray when its window is closed while a collection has alerts on.</source>
            <translation>有图集启用了警报时，关闭窗口后 Kinfolk 是否留在系统托盘中。</translation>
        </message>
        <message>
            <source>Whether a stranger before a camera raises an alert.</source>
            <translation>摄像头前的陌生人是否触发警报。</translation>
        </message>
        <message>
            <source>Whether different people are counted.</source>
            <translation>是否统计不同的人。</translation>
        </message>
        <message>
            <source>Whether faces are looked for in videos, too; off leaves new ones alone, and those that are in the album stay.</source>
            <translation>是否也在视频中查找面孔；off 会略过新视频，相册中已有的保留。</translation>
        </message>
        <message>
            <source>Whether photos that show the same are shown as one, with the best on top.</source>
            <translation>内容相同的照片是否合为一张显示，最好的在最上面。</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>超过这段时间没有见到的人，再来时算作另一次到访。</translation>
        </message>
        <message>
            <source>Whoever is here was forgotten; undo that first.</source>
            <translation>这里的人已被忘记；请先撤销。</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>照片找到后过了这么多天仍无人命名的人会被永久清除，连同面孔和特征；0 表示保留所有人。</translation>
        </message>
        <message>
            <source>Whom a camera knows: those who have a name in these collections, and in its own; all is every album, none is only its own.</source>
            <translation>摄像头认识谁：在这些图集及其自身图集中有名字的人；all 是每个相册，none 是仅其自身。</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>将名字写入附属文件</translation>
        </message>
        <message>
            <source>You drew face-{0} by hand; it is compared with nobody.</source>
            <translation>face-{0} 是你手动框出的；它不与任何人比较。</translation>
        </message>
        <message>
            <source>You had given different years of birth; {0} holds now</source>
            <translation>你曾给出不同的出生年份；现以 {0} 为准</translation>
        </message>
        <message>
            <source>You had said that they are different people; that no longer holds</source>
            <translation>你曾标注他们是不同的人；该标注已失效</translation>
        </message>
        <message>
            <source>You had said that {0} not the same person; that no longer holds</source>
            <translation>你曾标注：{0}不是同一个人；该标注已失效</translation>
        </message>
        <message>
            <source>You had said {0}; that no longer holds</source>
            <translation>你曾标注：{0}；该标注已失效</translation>
        </message>
        <message>
            <source>You may not read the folder {0}.</source>
            <translation>你无权读取文件夹 {0}。</translation>
        </message>
        <message>
            <source>You may not read this file.</source>
            <translation>你无权读取此文件。</translation>
        </message>
        <message>
            <source>You may not use the library {0}. Give yourself the right to read and write it and its folder, or choose another folder with --library.</source>
            <translation>你无权使用图库 {0}。请为自己授予读写它及其文件夹的权限，或用 --library 选择其他文件夹。</translation>
        </message>
        <message>
            <source>You may not write into this folder.</source>
            <translation>你无权写入此文件夹。</translation>
        </message>
        <message>
            <source>You may not write into “{0}”.</source>
            <translation>你无权写入“{0}”。</translation>
        </message>
        <message>
            <source>You said that face-{0} is nobody you know.</source>
            <translation>你曾标注 face-{0} 不是你认识的人。</translation>
        </message>
        <message>
            <source>You said that face-{0} is not a face; `undo` takes that back.</source>
            <translation>你曾标注 face-{0} 不是面孔；`undo` 可撤回。</translation>
        </message>
        <message>
            <source>You said who this is; take that back first.</source>
            <translation>你已标注这是谁；请先撤回。</translation>
        </message>
        <message>
            <source>a 7-Zip archive</source>
            <translation>7-Zip 压缩文件</translation>
        </message>
        <message>
            <source>a BPG picture</source>
            <translation>BPG 图片</translation>
        </message>
        <message>
            <source>a DjVu document</source>
            <translation>DjVu 文档</translation>
        </message>
        <message>
            <source>a FLIF picture</source>
            <translation>FLIF 图片</translation>
        </message>
        <message>
            <source>a JPEG 2000 picture</source>
            <translation>JPEG 2000 图片</translation>
        </message>
        <message>
            <source>a JPEG XR picture</source>
            <translation>JPEG XR 图片</translation>
        </message>
        <message>
            <source>a PDF document</source>
            <translation>PDF 文档</translation>
        </message>
        <message>
            <source>a PNM picture</source>
            <translation>PNM 图片</translation>
        </message>
        <message>
            <source>a Photoshop picture (PSD)</source>
            <translation>Photoshop 图片 (PSD)</translation>
        </message>
        <message>
            <source>a PostScript drawing (EPS)</source>
            <translation>PostScript 图形 (EPS)</translation>
        </message>
        <message>
            <source>a RAR archive</source>
            <translation>RAR 压缩文件</translation>
        </message>
        <message>
            <source>a Radiance picture (HDR)</source>
            <translation>Radiance 图片 (HDR)</translation>
        </message>
        <message>
            <source>a ZIP archive</source>
            <translation>ZIP 压缩文件</translation>
        </message>
        <message>
            <source>a drawing (SVG)</source>
            <translation>图形 (SVG)</translation>
        </message>
        <message>
            <source>a drawing (WMF)</source>
            <translation>图形 (WMF)</translation>
        </message>
        <message>
            <source>attempt to write a readonly database</source>
            <translation>数据库为只读</translation>
        </message>
        <message>
            <source>database disk image is malformed</source>
            <translation>数据库文件已损坏</translation>
        </message>
        <message>
            <source>database is locked</source>
            <translation>数据库已被锁定</translation>
        </message>
        <message>
            <source>disk I/O error</source>
            <translation>磁盘输入/输出错误</translation>
        </message>
        <message>
            <source>file is not a database</source>
            <translation>该文件不是数据库</translation>
        </message>
        <message>
            <source>it ended before its end</source>
            <translation>下载提前结束</translation>
        </message>
        <message>
            <source>it has lost something that you said</source>
            <translation>其中缺少您的部分标注</translation>
        </message>
        <message>
            <source>more came than was told</source>
            <translation>收到的数据比声明的多</translation>
        </message>
        <message>
            <source>nothing came any more</source>
            <translation>不再收到数据</translation>
        </message>
        <message>
            <source>once</source>
            <translation>1 次</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>连接中断</translation>
        </message>
        <message>
            <source>the file is missing or empty</source>
            <translation>文件缺失或为空</translation>
        </message>
        <message>
            <source>the proxy cannot be reached</source>
            <translation>无法连接代理</translation>
        </message>
        <message>
            <source>the server answers something else than was asked</source>
            <translation>服务器的回应与请求不符</translation>
        </message>
        <message>
            <source>the server cannot be reached</source>
            <translation>无法连接服务器</translation>
        </message>
        <message>
            <source>the server is busy ({0})</source>
            <translation>服务器繁忙（{0}）</translation>
        </message>
        <message>
            <source>unable to open database file</source>
            <translation>无法打开数据库文件</translation>
        </message>
        <message>
            <source>{0} What was seen of it before is kept.</source>
            <translation>{0}之前从中看到的内容会保留。</translation>
        </message>
        <message>
            <source>{0} failed.</source>
            <translation>{0}失败。</translation>
        </message>
        <message>
            <source>{0} files</source>
            <translation>{0} 个文件</translation>
        </message>
        <message>
            <source>a picture of GIMP (XCF)</source>
            <translation>GIMP 图片 (XCF)</translation>
        </message>
        <message>
            <source>a stranger</source>
            <translation>陌生人</translation>
        </message>
        <message>
            <source>a web page</source>
            <translation>网页</translation>
        </message>
        <message>
            <source>an OpenEXR picture</source>
            <translation>OpenEXR 图片</translation>
        </message>
        <message>
            <source>an archive (gzip)</source>
            <translation>压缩文件 (gzip)</translation>
        </message>
        <message>
            <source>an icon (ICNS)</source>
            <translation>图标 (ICNS)</translation>
        </message>
        <message>
            <source>an icon (ICO)</source>
            <translation>图标 (ICO)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>未命名的人物</translation>
        </message>
        <message>
            <source>and no</source>
            <translation>也没有</translation>
        </message>
        <message>
            <source>face-{0} is not a face here that can be compared.</source>
            <translation>face-{0} 不是这里可以比较的面孔。</translation>
        </message>
        <message>
            <source>hard links</source>
            <translation>硬链接</translation>
        </message>
        <message>
            <source>has changed</source>
            <translation>已改变</translation>
        </message>
        <message>
            <source>hid 1 unnamed person</source>
            <translation>隐藏了 1 个未命名的人物</translation>
        </message>
        <message>
            <source>hid {0} unnamed people</source>
            <translation>隐藏了 {0} 个未命名的人物</translation>
        </message>
        <message>
            <source>hidden or shown</source>
            <translation>隐藏或显示</translation>
        </message>
        <message>
            <source>is full</source>
            <translation>已满</translation>
        </message>
        <message>
            <source>is new</source>
            <translation>是新的</translation>
        </message>
        <message>
            <source>is not staff</source>
            <translation>不是员工</translation>
        </message>
        <message>
            <source>is shown again</source>
            <translation>已重新显示</translation>
        </message>
        <message>
            <source>is staff</source>
            <translation>是员工</translation>
        </message>
        <message>
            <source>it is not a table of options</source>
            <translation>不是选项表</translation>
        </message>
        <message>
            <source>new face</source>
            <translation>新面孔</translation>
        </message>
        <message>
            <source>no pictures</source>
            <translation>没有图片</translation>
        </message>
        <message>
            <source>nobody answers</source>
            <translation>没有响应</translation>
        </message>
        <message>
            <source>not</source>
            <translation>不是此人</translation>
        </message>
        <message>
            <source>not a face</source>
            <translation>不是面孔</translation>
        </message>
        <message>
            <source>nothing to read</source>
            <translation>没有可读取的内容</translation>
        </message>
        <message>
            <source>page of {0}</source>
            <translation>{0} 页</translation>
        </message>
        <message>
            <source>said to be staff</source>
            <translation>标为员工</translation>
        </message>
        <message>
            <source>somebody else</source>
            <translation>其他人</translation>
        </message>
        <message>
            <source>someone else</source>
            <translation>其他人</translation>
        </message>
        <message>
            <source>strangers</source>
            <translation>陌生人</translation>
        </message>
        <message>
            <source>that 1 of them is {0}</source>
            <translation>其中 1 张：{0}</translation>
        </message>
        <message>
            <source>that is no name of a folder</source>
            <translation>这不是文件夹名</translation>
        </message>
        <message>
            <source>that it is {0}</source>
            <translation>{0}</translation>
        </message>
        <message>
            <source>that {0} of them are {1}</source>
            <translation>其中 {0} 张：{1}</translation>
        </message>
        <message>
            <source>the disk refused</source>
            <translation>磁盘拒绝</translation>
        </message>
        <message>
            <source>the person of {0} photos</source>
            <translation>有 {0} 张照片的人物</translation>
        </message>
        <message>
            <source>there is no folder for a socket</source>
            <translation>没有存放套接字的文件夹</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>此人</translation>
        </message>
        <message>
            <source>this system has none</source>
            <translation>此系统没有</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} 和 {1}</translation>
        </message>
        <message>
            <source>{0} and {1} are different people</source>
            <translation>{0} 和 {1} 是不同的人</translation>
        </message>
        <message>
            <source>{0} are not faces</source>
            <translation>{0} 张不是面孔</translation>
        </message>
        <message>
            <source>{0} are shown again</source>
            <translation>重新显示了 {0}</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}).</source>
            <translation>无法读取 {0}（{1}）。</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). Install Kinfolk again.</source>
            <translation>无法读取 {0}（{1}）。请重新安装 Kinfolk。</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). {2}</source>
            <translation>无法读取 {0}（{1}）。{2}</translation>
        </message>
        <message>
            <source>{0} cannot be written ({1}), so that the models could not be checked later. Is the disk full or read-only?</source>
            <translation>无法写入 {0}（{1}），因此以后将无法检查模型。磁盘是否已满或只读？</translation>
        </message>
        <message>
            <source>{0} cannot load the model {1}: {2}</source>
            <translation>{0} 无法加载模型 {1}：{2}</translation>
        </message>
        <message>
            <source>{0} does not exist.</source>
            <translation>{0} 不存在。</translation>
        </message>
        <message>
            <source>{0} does not start: a driver or library of it is missing.</source>
            <translation>{0} 无法启动：缺少它的驱动程序或库。</translation>
        </message>
        <message>
            <source>{0} erased. Undo only lets Kinfolk learn them anew, without a name</source>
            <translation>{0}已清除。撤销只会让 Kinfolk 重新学习它们，但没有名字</translation>
        </message>
        <message>
            <source>{0} faces</source>
            <translation>{0} 张面孔</translation>
        </message>
        <message>
            <source>{0} faces and their embeddings are</source>
            <translation>{0} 张面孔及其特征</translation>
        </message>
        <message>
            <source>{0} faces are not {1}</source>
            <translation>{0} 张面孔不是 {1}</translation>
        </message>
        <message>
            <source>{0} faces are strangers</source>
            <translation>{0} 张面孔是陌生人</translation>
        </message>
        <message>
            <source>{0} faces are {1}</source>
            <translation>{0} 张面孔是 {1}</translation>
        </message>
        <message>
            <source>{0} faces are {1}, not {2}</source>
            <translation>{0} 张面孔是 {1}，不是 {2}</translation>
        </message>
        <message>
            <source>{0} faces that you placed are</source>
            <translation>由你归入的 {0} 张面孔</translation>
        </message>
        <message>
            <source>{0} faces with {1} look like someone else. Do they belong there?</source>
            <translation>{1} 的 {0} 张面孔看上去像其他人。它们属于这里吗？</translation>
        </message>
        <message>
            <source>{0} grouped. {1} now.</source>
            <translation>已将 {0} 分组。现在{1}。</translation>
        </message>
        <message>
            <source>{0} has a name already; answer with yes or no.</source>
            <translation>{0} 已有名字；请回答 yes 或 no。</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1}</source>
            <translation>{0}出现在 {1} 年之前拍摄的照片中</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1} will leave at the next grouping</source>
            <translation>{1} 年之前拍摄的照片中的 {0}会在下次分组时移出</translation>
        </message>
        <message>
            <source>{0} is done.</source>
            <translation>{0}：完成。</translation>
        </message>
        <message>
            <source>{0} is missing</source>
            <translation>缺少 {0}</translation>
        </message>
        <message>
            <source>{0} is neither a command nor a file; see `kinfolk --help`.</source>
            <translation>{0} 既不是命令也不是文件；参见 `kinfolk --help`。</translation>
        </message>
        <message>
            <source>{0} is no folder.</source>
            <translation>{0} 不是文件夹。</translation>
        </message>
        <message>
            <source>{0} is no zip archive, or a damaged one.</source>
            <translation>{0} 不是 ZIP 压缩文件，或已损坏。</translation>
        </message>
        <message>
            <source>{0} is not a folder.</source>
            <translation>{0} 不是文件夹。</translation>
        </message>
        <message>
            <source>{0} is not in the library; `kinfolk index` adds it.</source>
            <translation>{0} 不在图库中；`kinfolk index` 可添加它。</translation>
        </message>
        <message>
            <source>{0} is not staff</source>
            <translation>{0} 不是员工</translation>
        </message>
        <message>
            <source>{0} is of another version of Kinfolk. Install Kinfolk again.</source>
            <translation>{0} 属于另一个版本的 Kinfolk。请重新安装 Kinfolk。</translation>
        </message>
        <message>
            <source>{0} is shown again</source>
            <translation>重新显示了 {0}</translation>
        </message>
        <message>
            <source>{0} is staff</source>
            <translation>{0} 是员工</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>已分析 {0}</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found</source>
            <translation>已分析 {0}，找到 {1}</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found; {2} skipped</source>
            <translation>已分析 {0}，找到 {1}；跳过 {2}</translation>
        </message>
        <message>
            <source>{0} looked at; {1} skipped</source>
            <translation>已分析 {0}；跳过 {1}</translation>
        </message>
        <message>
            <source>{0} new faces</source>
            <translation>{0} 张新面孔</translation>
        </message>
        <message>
            <source>{0} no faces any more; the next grouping drops them.</source>
            <translation>{0}已没有面孔；下次分组时会移除。</translation>
        </message>
        <message>
            <source>{0} of the faces are</source>
            <translation>其中 {0} 张面孔</translation>
        </message>
        <message>
            <source>{0} people</source>
            <translation>{0} 个人物</translation>
        </message>
        <message>
            <source>{0} people and groups</source>
            <translation>{0} 个人物和分组</translation>
        </message>
        <message>
            <source>{0} people are not staff</source>
            <translation>{0} 个人物不是员工</translation>
        </message>
        <message>
            <source>{0} people are shown again</source>
            <translation>重新显示了 {0} 个人物</translation>
        </message>
        <message>
            <source>{0} people are staff</source>
            <translation>{0} 个人物是员工</translation>
        </message>
        <message>
            <source>{0} photos</source>
            <translation>{0} 张照片</translation>
        </message>
        <message>
            <source>{0} says nothing of: {1}. {2}</source>
            <translation>{0} 没有说明：{1}。{2}</translation>
        </message>
        <message>
            <source>{0} times</source>
            <translation>{0} 次</translation>
        </message>
        <message>
            <source>{0} unnamed people</source>
            <translation>{0} 个未命名的人物</translation>
        </message>
        <message>
            <source>{0} unnamed people have</source>
            <translation>{0} 个未命名的人物</translation>
        </message>
        <message>
            <source>{0} was born in {1}</source>
            <translation>{0} 出生于 {1} 年</translation>
        </message>
        <message>
            <source>{0} was cancelled; what it did until then stays.</source>
            <translation>{0}：已取消；此前完成的会保留。</translation>
        </message>
        <message>
            <source>{0}, which says what the models were, cannot be read. Delete it, and the models that there are now count as yours.</source>
            <translation>无法读取 {0}，它记录了原来的模型。请将其删除，现有的模型就会被视为你的。</translation>
        </message>
        <message>
            <source>“{0}” cannot be written: {1}.</source>
            <translation>无法写入“{0}”：{1}。</translation>
        </message>
        <message>
            <source>“{0}” is a folder of Kinfolk's own; choose another.</source>
            <translation>“{0}”是 Kinfolk 自己的文件夹；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>“{0}” is no name of a file.</source>
            <translation>“{0}”不是文件名。</translation>
        </message>
        <message>
            <source>“{0}” is not asked any more; `kinfolk suggestions` lists what is.</source>
            <translation>已不再询问“{0}”；`kinfolk suggestions` 会列出现有的问题。</translation>
        </message>
        <message>
            <source>“{0}” is on another drive than “{1}”, and no file has a name on two drives. Use --as copy.</source>
            <translation>“{0}”与“{1}”在不同的驱动器上，而文件不能在两个驱动器上同名共存。请使用 --as copy。</translation>
        </message>
        <message>
            <source>“{0}” lies in a folder that Kinfolk watches: what is exported there comes back as copies. Choose another folder.</source>
            <translation>“{0}”位于 Kinfolk 监视的文件夹中：导出到那里的内容会作为副本再次出现。请选择其他文件夹。</translation>
        </message>
    </context>
    <context>
        <name>search</name>
        <message>
            <source>All of {0}</source>
            <translation>{0} 全部</translation>
        </message>
        <message>
            <source>Any date</source>
            <translation>任何日期</translation>
        </message>
        <message>
            <source>Any folder</source>
            <translation>任何文件夹</translation>
        </message>
        <message>
            <source>Back to where the search began</source>
            <translation>回到最初的搜索</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>更改</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清空</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>清空搜索</translation>
        </message>
        <message>
            <source>Dates of the photos</source>
            <translation>照片的日期</translation>
        </message>
        <message>
            <source>Dates…</source>
            <translation>日期…</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>查找人物</translation>
        </message>
        <message>
            <source>Find people by name</source>
            <translation>按名字查找人物</translation>
        </message>
        <message>
            <source>Folder of the photos</source>
            <translation>照片的文件夹</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>文件夹…</translation>
        </message>
        <message>
            <source>For example: anna ben -carl, anna or ben, only anna, 2019</source>
            <translation>例如：anna ben -carl、anna 或 ben、只有 anna、2019</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>Leave out {0}: {1}</source>
            <translation>去掉 {0}：{1}</translation>
        </message>
        <message>
            <source>No photo shows {0}</source>
            <translation>没有照片显示 {0}</translation>
        </message>
        <message>
            <source>No photos</source>
            <translation>没有照片</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”.</source>
            <translation>这里没有人叫“{0}”。</translation>
        </message>
        <message>
            <source>One of</source>
            <translation>其中之一</translation>
        </message>
        <message>
            <source>Only these people</source>
            <translation>只有这些人</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>显示此人的所有照片</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>显示 {0} 的所有照片</translation>
        </message>
        <message>
            <source>The whole of {0}</source>
            <translation>{0} 全年</translation>
        </message>
        <message>
            <source>There is no folder “{0}” here.</source>
            <translation>这里没有文件夹“{0}”。</translation>
        </message>
        <message>
            <source>There is no photo</source>
            <translation>没有照片</translation>
        </message>
        <message>
            <source>There is one choice with “or” already.</source>
            <translation>已经有一个“或”选择了。</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>未命名的人物</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>截至</translation>
        </message>
        <message>
            <source>With</source>
            <translation>有</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>没有</translation>
        </message>
        <message>
            <source>after</source>
            <translation>晚于</translation>
        </message>
        <message>
            <source>and</source>
            <translation>和</translation>
        </message>
        <message>
            <source>and…</source>
            <translation>和…</translation>
        </message>
        <message>
            <source>before</source>
            <translation>早于</translation>
        </message>
        <message>
            <source>from</source>
            <translation>从</translation>
        </message>
        <message>
            <source>in</source>
            <translation>在</translation>
        </message>
        <message>
            <source>in {0}</source>
            <translation>在 {0}</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>没有人</translation>
        </message>
        <message>
            <source>not</source>
            <translation>非</translation>
        </message>
        <message>
            <source>one of</source>
            <translation>任一</translation>
        </message>
        <message>
            <source>only</source>
            <translation>只有</translation>
        </message>
        <message>
            <source>or</source>
            <translation>或</translation>
        </message>
        <message>
            <source>since</source>
            <translation>自</translation>
        </message>
        <message>
            <source>the dates</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>the folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>to</source>
            <translation>至</translation>
        </message>
        <message>
            <source>until</source>
            <translation>截至</translation>
        </message>
        <message>
            <source>with</source>
            <translation>有</translation>
        </message>
        <message>
            <source>without</source>
            <translation>没有</translation>
        </message>
        <message>
            <source>{0} together</source>
            <translation>{0} 合影</translation>
        </message>
        <message>
            <source>“only”</source>
            <translation>“只有”</translation>
        </message>
        <message>
            <source>“without {0}”</source>
            <translation>“没有 {0}”</translation>
        </message>
        <message>
            <source>“{0}” could be {1}.</source>
            <translation>“{0}”可能是 {1}。</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>A cloud drive lists files that are not on this disk.</source>
            <translation>云盘会列出不在这台电脑上的文件。</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is. From 0 to 1.</source>
            <translation>质量低于此值的面孔不算陌生人：无法判断是谁。从 0 到 1。</translation>
        </message>
        <message>
            <source>A face of {0} that would be with nobody</source>
            <translation>会离开 {0}、不再归入任何人的面孔</translation>
        </message>
        <message>
            <source>A face that would come to {0}</source>
            <translation>会归入 {0} 的面孔</translation>
        </message>
        <message>
            <source>A face that would go from {0} to {1}</source>
            <translation>会从 {0} 改归 {1} 的面孔</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>更大的图片会被跳过。</translation>
        </message>
        <message>
            <source>A photo on every core. What you do on the computer still goes first.</source>
            <translation>每个核心一张照片。你在电脑上做的事仍然优先。</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>分析时所需内存超过此值的照片会被跳过。</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>分析时间超过此值的照片会被跳过。</translation>
        </message>
        <message>
            <source>A program of your own can be told of everything, too.</source>
            <translation>也可以把一切通知给你自己的程序。</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>陌生人总共出现在这么多张照片中就会触发警报。</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>分析时间超过此值的视频会被跳过。</translation>
        </message>
        <message>
            <source>AMD graphics card (MIGraphX)</source>
            <translation>AMD 显卡 (MIGraphX)</translation>
        </message>
        <message>
            <source>AMD graphics card (ROCm)</source>
            <translation>AMD 显卡 (ROCm)</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>高级</translation>
        </message>
        <message>
            <source>Alerts for strangers</source>
            <translation>陌生人警报</translation>
        </message>
        <message numerus="yes">
            <source>Alerts in {0} days</source>
            <translation>
                <numerusform>{0} 天内的警报</numerusform>
            </translation>
        </message>
        <message>
            <source>Alerts, and all work that ends while you look elsewhere.</source>
            <translation>警报，以及在你离开期间结束的所有任务。</translation>
        </message>
        <message>
            <source>Alerts, and work of over a minute that ends while you look elsewhere.</source>
            <translation>警报，以及在你离开期间结束的超过一分钟的任务。</translation>
        </message>
        <message>
            <source>All groups are made anew. Names and everything else that you said stay as they are.</source>
            <translation>会对所有面孔重新分组。名字和你的其他标注都保持不变。</translation>
        </message>
        <message>
            <source>All settings are as by default.</source>
            <translation>所有设置均为默认值。</translation>
        </message>
        <message>
            <source>Apple’s graphics and neural engine (Core ML)</source>
            <translation>Apple 的图形与神经引擎 (Core ML)</translation>
        </message>
        <message>
            <source>Applied.</source>
            <translation>已应用。</translation>
        </message>
        <message>
            <source>Applied. All groups are made anew; the strip at the bottom shows it.</source>
            <translation>已应用。正在对所有面孔重新分组；进度显示在底部。</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Are left with nobody</source>
            <translation>不再归入任何人</translation>
        </message>
        <message>
            <source>As a cloud service has it: large, straight, clear</source>
            <translation>如云服务的要求：大、正面、清晰</translation>
        </message>
        <message>
            <source>As measured for the models in use</source>
            <translation>为当前模型测定的值</translation>
        </message>
        <message>
            <source>As measured on albums of families</source>
            <translation>根据家庭相册测定</translation>
        </message>
        <message>
            <source>As photos come in</source>
            <translation>照片加入时</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>As the library</source>
            <translation>与图库相同</translation>
        </message>
        <message>
            <source>As the library ({0})</source>
            <translation>与图库相同（{0}）</translation>
        </message>
        <message>
            <source>As the system says</source>
            <translation>跟随系统设置</translation>
        </message>
        <message>
            <source>At full speed, and gently while the computer runs on its battery.</source>
            <translation>全速运行，电脑使用电池时轻柔运行。</translation>
        </message>
        <message>
            <source>At intervals</source>
            <translation>定时</translation>
        </message>
        <message>
            <source>At most so many of one video are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>一个视频最多分析这么多帧，均匀分布：越少越快，越多越能找到只出现片刻的人。</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Bursts and versions of a picture are shown as one, the best on top.</source>
            <translation>连拍和同一图片的不同版本合为一张显示，最好的在最上面。</translation>
        </message>
        <message>
            <source>Cameras and visitors</source>
            <translation>摄像头和访客</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cards that come: {0}. Cards that go: {1}; these stay among those seen only a few times.</source>
            <translation>新增卡片：{0}。减少卡片：{1}；这些人仍在只出现过几次的人之中。</translation>
        </message>
        <message>
            <source>Categories</source>
            <translation>分类</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>已更改</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Come to a group</source>
            <translation>归入分组</translation>
        </message>
        <message>
            <source>Count different people</source>
            <translation>统计不同的人</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Default: {0}</source>
            <translation>默认：{0}</translation>
        </message>
        <message>
            <source>Download them</source>
            <translation>下载</translation>
        </message>
        <message>
            <source>End Kinfolk</source>
            <translation>退出 Kinfolk</translation>
        </message>
        <message>
            <source>Erase those without a name after</source>
            <translation>清除无名者的期限</translation>
        </message>
        <message>
            <source>Every album</source>
            <translation>所有相册</translation>
        </message>
        <message>
            <source>Every so many minutes, and not in between.</source>
            <translation>每隔若干分钟一次，其间不分组。</translation>
        </message>
        <message>
            <source>Everybody is kept</source>
            <translation>保留所有人</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Everything is as the library has it.</source>
            <translation>所有设置均与图库相同。</translation>
        </message>
        <message>
            <source>Faces erased for good</source>
            <translation>永久清除的面孔</translation>
        </message>
        <message>
            <source>Faces in videos</source>
            <translation>视频中的面孔</translation>
        </message>
        <message>
            <source>Faces that move</source>
            <translation>变动的面孔</translation>
        </message>
        <message>
            <source>Frames of a video</source>
            <translation>视频的帧数</translation>
        </message>
        <message>
            <source>From one time to the next</source>
            <translation>两次之间的间隔</translation>
        </message>
        <message>
            <source>From {0} on.</source>
            <translation>不小于 {0}。</translation>
        </message>
        <message>
            <source>From {0} to {1}.</source>
            <translation>从 {0} 到 {1}。</translation>
        </message>
        <message>
            <source>Full speed</source>
            <translation>全速</translation>
        </message>
        <message>
            <source>Gentle</source>
            <translation>轻柔</translation>
        </message>
        <message>
            <source>Get a card</source>
            <translation>获得卡片</translation>
        </message>
        <message>
            <source>Go to another group</source>
            <translation>改归其他分组</translation>
        </message>
        <message>
            <source>Graphics card (DirectML)</source>
            <translation>显卡 (DirectML)</translation>
        </message>
        <message>
            <source>Graphics card (WebGPU)</source>
            <translation>显卡 (WebGPU)</translation>
        </message>
        <message>
            <source>Groups in all</source>
            <translation>分组总数</translation>
        </message>
        <message>
            <source>Holds for videos that are looked at from now on.</source>
            <translation>适用于今后分析的视频。</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on, for pictures that are made then.</source>
            <translation>下次启动 Kinfolk 后生效，适用于此后生成的图片。</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on.</source>
            <translation>下次启动 Kinfolk 后生效。</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on: then every photo is looked at again. What you said stays.</source>
            <translation>下次启动 Kinfolk 后生效：届时会重新分析每张照片。你的标注会保留。</translation>
        </message>
        <message>
            <source>How alike faces must be</source>
            <translation>面孔须有多像</translation>
        </message>
        <message>
            <source>How far a clear face may be turned</source>
            <translation>清晰面孔可偏转的角度</translation>
        </message>
        <message>
            <source>How hard Kinfolk works</source>
            <translation>Kinfolk 的工作强度</translation>
        </message>
        <message>
            <source>Intel’s graphics and processors (OpenVINO)</source>
            <translation>Intel 显卡与处理器 (OpenVINO)</translation>
        </message>
        <message>
            <source>It is ended when it takes longer.</source>
            <translation>超过此时间会被结束。</translation>
        </message>
        <message>
            <source>It is run when work ends and for every alert, with a JSON document on its standard input. It has {0} seconds.</source>
            <translation>任务结束和每次警报时运行，其标准输入会收到一个 JSON 文档。限时 {0} 秒。</translation>
        </message>
        <message>
            <source>Its own</source>
            <translation>单独设置</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>继续监视</translation>
        </message>
        <message>
            <source>Keeping and disk</source>
            <translation>保留与磁盘</translation>
        </message>
        <message>
            <source>Kinfolk looks at a few frames of each.</source>
            <translation>Kinfolk 会分析每个视频中的几帧。</translation>
        </message>
        <message>
            <source>Kinfolk stays in the tray, and tells of strangers.</source>
            <translation>Kinfolk 留在系统托盘中，发现陌生人时通知你。</translation>
        </message>
        <message>
            <source>Kinfolk’s own</source>
            <translation>Kinfolk 自己的</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Leave everything as it is</source>
            <translation>一切保持原样</translation>
        </message>
        <message>
            <source>Leave them there</source>
            <translation>留在云端</translation>
        </message>
        <message>
            <source>Leave videos alone</source>
            <translation>略过视频</translation>
        </message>
        <message>
            <source>Length of a visit</source>
            <translation>一次到访的时长</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Light or dark, or as the rest of the desktop.</source>
            <translation>浅色或深色，或跟随系统。</translation>
        </message>
        <message>
            <source>Look for them</source>
            <translation>查找</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>分析照片</translation>
        </message>
        <message>
            <source>Looking at photos takes a while, and the computer is needed for other things.</source>
            <translation>分析照片需要一段时间，而电脑还要做别的事。</translation>
        </message>
        <message>
            <source>Looking at them fetches them, over whatever connection there is.</source>
            <translation>分析时会下载它们，无论使用何种网络连接。</translation>
        </message>
        <message>
            <source>Looks and language</source>
            <translation>外观和语言</translation>
        </message>
        <message>
            <source>Looser</source>
            <translation>较宽松</translation>
        </message>
        <message>
            <source>Lose their card</source>
            <translation>失去卡片</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>测试</translation>
        </message>
        <message>
            <source>Measure again</source>
            <translation>重新测试</translation>
        </message>
        <message>
            <source>Measured on this computer: {0}.</source>
            <translation>在这台电脑上测得：{0}。</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>正在测试</translation>
        </message>
        <message>
            <source>Measuring takes about a minute, in which Kinfolk looks at no photos.</source>
            <translation>测试约需一分钟，其间 Kinfolk 不分析照片。</translation>
        </message>
        <message>
            <source>Measuring. Meanwhile no photos are looked at.</source>
            <translation>正在测试。其间不分析照片。</translation>
        </message>
        <message>
            <source>Memory for a photo</source>
            <translation>单张照片的内存</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Models that look at photos</source>
            <translation>分析照片的模型</translation>
        </message>
        <message>
            <source>More need more memory, and are quicker only where there are as many cores.</source>
            <translation>数量越多，所需内存越多；只有核心够多时才会更快。</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (CUDA)</source>
            <translation>NVIDIA 显卡 (CUDA)</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (TensorRT)</source>
            <translation>NVIDIA 显卡 (TensorRT)</translation>
        </message>
        <message>
            <source>New faces are put together this long after the last photo at the latest.</source>
            <translation>最晚在最后一张照片之后这么久对新面孔分组。</translation>
        </message>
        <message>
            <source>New ones stay outside the album; those that are in it stay there.</source>
            <translation>新视频不会进入相册；已在相册中的会保留。</translation>
        </message>
        <message>
            <source>No collection makes use of this now, so nothing would change.</source>
            <translation>目前没有图集使用此设置，因此不会有变化。</translation>
        </message>
        <message>
            <source>No setting is about “{0}”.</source>
            <translation>没有关于“{0}”的设置。</translation>
        </message>
        <message>
            <source>Nobody is told of until it is open.</source>
            <translation>再次打开之前不会发出通知。</translation>
        </message>
        <message>
            <source>Nobody with a name gains or loses a face.</source>
            <translation>有名字的人物不会增加或减少面孔。</translation>
        </message>
        <message>
            <source>Nobody would be erased at once.</source>
            <translation>不会立即清除任何人。</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Not applied yet</source>
            <translation>尚未应用</translation>
        </message>
        <message>
            <source>Not measured yet.</source>
            <translation>尚未测试。</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>不显示</translation>
        </message>
        <message numerus="yes">
            <source>Nothing would change: all {0} faces stay where they are.</source>
            <translation>
                <numerusform>不会有变化：{0} 张面孔都留在原处。</numerusform>
            </translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>通知</translation>
        </message>
        <message>
            <source>Now and then while there are many, and shortly after the last one.</source>
            <translation>照片多时不时分组，最后一张之后不久再分组一次。</translation>
        </message>
        <message>
            <source>Now: at full speed, one photo at a time.</source>
            <translation>现在：全速，一次一张照片。</translation>
        </message>
        <message>
            <source>Now: at full speed, {0} photos at a time.</source>
            <translation>现在：全速，同时 {0} 张照片。</translation>
        </message>
        <message>
            <source>Now: gently, one photo at a time.</source>
            <translation>现在：轻柔，一次一张照片。</translation>
        </message>
        <message>
            <source>Of a stranger’s face of at least this quality one photo is enough. From 0 to 1.</source>
            <translation>陌生人的面孔质量达到此值时，一张照片就够了。从 0 到 1。</translation>
        </message>
        <message>
            <source>Of the window; the command line speaks English.</source>
            <translation>窗口的语言；命令行使用英语。</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>On</source>
            <translation>开</translation>
        </message>
        <message>
            <source>On the desktop</source>
            <translation>桌面通知</translation>
        </message>
        <message>
            <source>One on every core</source>
            <translation>每个核心一张</translation>
        </message>
        <message>
            <source>One photo at a time on one core, after everything else on the computer.</source>
            <translation>在一个核心上一次一张照片，让电脑上的其他程序优先。</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>同一陌生人至少隔这么久才会再次触发警报。</translation>
        </message>
        <message>
            <source>Only clear faces make a person: larger than this…</source>
            <translation>只有清晰的面孔才能形成人物：大于此值…</translation>
        </message>
        <message>
            <source>Only downloads of models that you ask for use a network.</source>
            <translation>只有你要求下载模型时才会使用网络。</translation>
        </message>
        <message>
            <source>Only its own</source>
            <translation>仅自身</translation>
        </message>
        <message>
            <source>People with a card</source>
            <translation>有卡片的人物</translation>
        </message>
        <message>
            <source>Photos at a time, at full speed</source>
            <translation>全速时同时分析的照片数</translation>
        </message>
        <message>
            <source>Photos in the cloud</source>
            <translation>云端的照片</translation>
        </message>
        <message>
            <source>Photos of a stranger</source>
            <translation>陌生人的照片数</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>在这段时间内，同一陌生人的照片合并计算。</translation>
        </message>
        <message>
            <source>Photos that make a person</source>
            <translation>形成一个人物的照片数</translation>
        </message>
        <message>
            <source>Proxy for downloads</source>
            <translation>下载用的代理</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>对面孔分组</translation>
        </message>
        <message>
            <source>Putting faces together makes people of them.</source>
            <translation>将面孔分组后就形成人物。</translation>
        </message>
        <message>
            <source>Qualcomm’s neural processor (QNN)</source>
            <translation>Qualcomm 神经处理器 (QNN)</translation>
        </message>
        <message>
            <source>Quality at which one photo is enough</source>
            <translation>一张照片即可的质量</translation>
        </message>
        <message>
            <source>Quality of a clear face</source>
            <translation>清晰面孔的质量</translation>
        </message>
        <message>
            <source>Quality of a stranger’s face</source>
            <translation>陌生人面孔的质量</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部恢复默认</translation>
        </message>
        <message>
            <source>Reset to default</source>
            <translation>恢复默认值</translation>
        </message>
        <message>
            <source>Room for small pictures</source>
            <translation>小图的空间</translation>
        </message>
        <message>
            <source>Run a command</source>
            <translation>运行命令</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>已保存。</translation>
        </message>
        <message>
            <source>Search settings</source>
            <translation>搜索设置</translation>
        </message>
        <message>
            <source>Set what was tried out</source>
            <translation>应用试用的值</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Settings of “{0}”</source>
            <translation>“{0}”的设置</translation>
        </message>
        <message>
            <source>Size of a clear face</source>
            <translation>清晰面孔的大小</translation>
        </message>
        <message>
            <source>Size of a picture</source>
            <translation>图片的大小</translation>
        </message>
        <message>
            <source>Small pictures of faces</source>
            <translation>面孔的小图</translation>
        </message>
        <message>
            <source>Small pictures of photos</source>
            <translation>照片的小图</translation>
        </message>
        <message>
            <source>Somebody unknown before the camera is told of at once.</source>
            <translation>摄像头前出现陌生人时立即通知。</translation>
        </message>
        <message>
            <source>Somebody who would be among those seen only a few times</source>
            <translation>会归入只出现过几次者的人</translation>
        </message>
        <message>
            <source>Somebody who would get a card</source>
            <translation>会获得卡片的人</translation>
        </message>
        <message>
            <source>Somebody without a name gets a card among the people once so many photos show a clear face of them.</source>
            <translation>没有名字的人，一旦有这么多张照片清楚地拍到其面孔，就会在人物中获得卡片。</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>堆叠相似照片</translation>
        </message>
        <message>
            <source>Strict</source>
            <translation>严格</translation>
        </message>
        <message>
            <source>Stricter</source>
            <translation>较严格</translation>
        </message>
        <message>
            <source>Stricter keeps people apart who look alike, and leaves more faces alone. Looser puts more faces together, and now and then two people.</source>
            <translation>较严格时，长得像的人会被分开，但落单的面孔更多。较宽松时，更多面孔会分到一组，偶尔也会把两个人混在一起。</translation>
        </message>
        <message>
            <source>Taken back.</source>
            <translation>已撤销。</translation>
        </message>
        <message>
            <source>The People page says how many faces wait, and has a button.</source>
            <translation>“人物”页面会显示有多少面孔等待分组，并提供按钮。</translation>
        </message>
        <message>
            <source>The fastest. It is found out before the next photo is looked at.</source>
            <translation>最快的。会在分析下一张照片之前测定。</translation>
        </message>
        <message>
            <source>The fastest: {0} on {1}.</source>
            <translation>最快的：{1}上的 {0}。</translation>
        </message>
        <message>
            <source>The fastest: {0}.</source>
            <translation>最快的：{0}。</translation>
        </message>
        <message>
            <source>The folder that is offered when photos are exported.</source>
            <translation>导出照片时建议的文件夹。</translation>
        </message>
        <message>
            <source>The models that find faces run on the processor or a graphics card.</source>
            <translation>查找面孔的模型在处理器或显卡上运行。</translation>
        </message>
        <message>
            <source>The name of a model pack, or the folder in which it lies.</source>
            <translation>模型包的名称，或它所在的文件夹。</translation>
        </message>
        <message>
            <source>The page Visitors shows how many came, by hour and by day.</source>
            <translation>“访客”页面按小时和按天显示来了多少人。</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>处理器</translation>
        </message>
        <message numerus="yes">
            <source>The {0} photos of that time are judged again, with whom the cameras know today.</source>
            <translation>
                <numerusform>这段时间的 {0} 张照片会按摄像头如今认识的人重新判断。</numerusform>
            </translation>
        </message>
        <message>
            <source>Their long side. Larger ones are sharper, and take more room.</source>
            <translation>小图的长边。越大越清晰，占用空间也越多。</translation>
        </message>
        <message>
            <source>Their side. Larger ones are sharper, and take more room.</source>
            <translation>小图的边长。越大越清晰，占用空间也越多。</translation>
        </message>
        <message>
            <source>There is no such folder.</source>
            <translation>没有这个文件夹。</translation>
        </message>
        <message numerus="yes">
            <source>They are in {0} photos, which stay. This cannot be undone.</source>
            <translation>
                <numerusform>它们在 {0} 张照片中，照片会保留。此操作无法撤销。</numerusform>
            </translation>
        </message>
        <message>
            <source>They come into the album once they are on this disk.</source>
            <translation>它们存到这台电脑上后就会进入相册。</translation>
        </message>
        <message>
            <source>Those who have a name in these collections, and in its own. “all” means every album, “none” only its own.</source>
            <translation>在这些图集及其自身图集中有名字的人。“all”是每个相册，“none”是仅其自身。</translation>
        </message>
        <message>
            <source>Time for a photo</source>
            <translation>单张照片的时限</translation>
        </message>
        <message>
            <source>Time for a video</source>
            <translation>单个视频的时限</translation>
        </message>
        <message>
            <source>Time for the command</source>
            <translation>命令的时限</translation>
        </message>
        <message>
            <source>Time until the same stranger alerts again</source>
            <translation>同一陌生人再次触发警报的间隔</translation>
        </message>
        <message>
            <source>Try another word, or press Escape to see them all.</source>
            <translation>请换一个词，或按 Esc 显示全部设置。</translation>
        </message>
        <message>
            <source>Two groups become one when their faces are alike by {0} on average, from 0 to 1. Measured for these models: {1}.</source>
            <translation>两个分组的面孔平均相似度达到 {0} 时（从 0 到 1）就会合为一个。为这些模型测定的值：{1}。</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Values that go together:</source>
            <translation>配套的值：</translation>
        </message>
        <message numerus="yes">
            <source>Visits in {0} days</source>
            <translation>
                <numerusform>{0} 天内的到访次数</numerusform>
            </translation>
        </message>
        <message>
            <source>Wait after the last photo</source>
            <translation>最后一张照片之后的等待时间</translation>
        </message>
        <message>
            <source>What Kinfolk says while its window is not in front.</source>
            <translation>Kinfolk 的窗口不在前面时的通知。</translation>
        </message>
        <message>
            <source>What looks for faces</source>
            <translation>用什么查找面孔</translation>
        </message>
        <message>
            <source>What matters</source>
            <translation>重要通知</translation>
        </message>
        <message>
            <source>What this would change</source>
            <translation>这会带来的变化</translation>
        </message>
        <message>
            <source>When I ask for it</source>
            <translation>由我决定</translation>
        </message>
        <message>
            <source>When new faces are put together</source>
            <translation>何时对新面孔分组</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>关闭窗口时</translation>
        </message>
        <message>
            <source>When there are more, the oldest go, and are made again if needed.</source>
            <translation>超出时先删除最旧的，需要时会重新生成。</translation>
        </message>
        <message>
            <source>Where faces are put together at fixed times.</source>
            <translation>在固定时间对面孔分组时使用。</translation>
        </message>
        <message>
            <source>Where photos were exported last</source>
            <translation>上次导出照片的位置</translation>
        </message>
        <message>
            <source>Where this is switched on, photos are compared with one another first.</source>
            <translation>启用后，会先将照片相互比较。</translation>
        </message>
        <message>
            <source>While a collection has alerts on, and the desktop has a tray.</source>
            <translation>适用于有图集启用了警报，且桌面有系统托盘时。</translation>
        </message>
        <message>
            <source>Who is a person</source>
            <translation>怎样才算人物</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>超过这段时间没有见到的人，再来时算作另一次到访。</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>照片找到后过了这么多天仍无人命名的人会被永久清除，连同面孔和特征；0 表示保留所有人。</translation>
        </message>
        <message>
            <source>Whose people are known</source>
            <translation>认识哪些图集的人物</translation>
        </message>
        <message>
            <source>Within this time</source>
            <translation>在此时间内</translation>
        </message>
        <message>
            <source>Working it out</source>
            <translation>正在计算</translation>
        </message>
        <message>
            <source>Working it out. Nothing is changed yet.</source>
            <translation>正在计算。尚未做任何更改。</translation>
        </message>
        <message>
            <source>a group without a name</source>
            <translation>未命名的分组</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>the processor</source>
            <translation>处理器</translation>
        </message>
        <message>
            <source>{0} MB</source>
            <translation>{0} MB</translation>
        </message>
        <message>
            <source>{0} come to a group, {1} are left with nobody, {2} go to another group.</source>
            <translation>{0} 张归入分组，{1} 张不再归入任何人，{2} 张改归其他分组。</translation>
        </message>
        <message numerus="yes">
            <source>{0} days</source>
            <translation>
                <numerusform>{0} 天</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} frames</source>
            <translation>
                <numerusform>{0} 帧</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} is not possible.</source>
            <translation>不能是 {0}。</translation>
        </message>
        <message numerus="yes">
            <source>{0} megapixels</source>
            <translation>
                <numerusform>{0} 百万像素</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} 分钟</translation>
        </message>
        <message numerus="yes">
            <source>{0} people came in that time.</source>
            <translation>
                <numerusform>这段时间来了 {0} 人。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name gain or lose faces; those that you confirmed stay.</source>
            <translation>
                <numerusform>{0} 个有名字的人物会增加或减少面孔；你确认过的会保留。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} 张照片</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} photos/s</source>
            <translation>{0} 张照片/秒</translation>
        </message>
        <message numerus="yes">
            <source>{0} processes</source>
            <translation>
                <numerusform>{0} 个进程</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} px</source>
            <translation>{0} 像素</translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} 秒</translation>
        </message>
        <message numerus="yes">
            <source>{0} settings found</source>
            <translation>
                <numerusform>找到 {0} 项设置</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps</source>
            <translation>
                <numerusform>{0} 级</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps looser than measured</source>
            <translation>
                <numerusform>比测定值宽松 {0} 级</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps stricter than measured</source>
            <translation>
                <numerusform>比测定值严格 {0} 级</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} {1}</source>
            <translation>{0}{1}</translation>
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
            <translation>{0}：{1}</translation>
        </message>
        <message>
            <source>{0}°</source>
            <translation>{0}°</translation>
        </message>
        <message>
            <source>…and of a quality above this, from 0 to 1.</source>
            <translation>…质量高于此值，从 0 到 1。</translation>
        </message>
        <message>
            <source>…turned less than this in every direction…</source>
            <translation>…各方向上的偏转小于此值…</translation>
        </message>
    </context>
    <context>
        <name>shortcuts</name>
        <message>
            <source>Find a shortcut</source>
            <translation>查找快捷键</translation>
        </message>
        <message>
            <source>Find what to do, or a key</source>
            <translation>查找操作或按键</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>No shortcut fits.</source>
            <translation>没有匹配的快捷键。</translation>
        </message>
        <message>
            <source>One photo</source>
            <translation>单张照片</translation>
        </message>
        <message>
            <source>What</source>
            <translation>操作</translation>
        </message>
    </context>
    <context>
        <name>sidebar</name>
        <message>
            <source>Add folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>FOLDERS</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Find it…</source>
            <translation>查找…</translation>
        </message>
        <message>
            <source>LIBRARY</source>
            <translation>图库</translation>
        </message>
        <message>
            <source>Look for it again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Look for new photos</source>
            <translation>查找新照片</translation>
        </message>
        <message>
            <source>Remove from Kinfolk (files stay)</source>
            <translation>从 Kinfolk 移除（保留文件）</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Where is “{0}” now?</source>
            <translation>“{0}”现在在哪里？</translation>
        </message>
        <message>
            <source>being looked through</source>
            <translation>正在扫描</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>on a disconnected drive</source>
            <translation>在未连接的驱动器上</translation>
        </message>
        <message>
            <source>watched</source>
            <translation>监视中</translation>
        </message>
    </context>
    <context>
        <name>sidecars</name>
        <message>
            <source>All other names stand beside the photos already.</source>
            <translation>其他名字都已写在照片旁。</translation>
        </message>
        <message>
            <source>Everyone’s names, beside all photos</source>
            <translation>所有人的名字，写在所有照片旁</translation>
        </message>
        <message>
            <source>Everyone’s names, beside the photos found</source>
            <translation>所有人的名字，写在找到的照片旁</translation>
        </message>
        <message>
            <source>Faces with another name there</source>
            <translation>那里有不同名字的面孔</translation>
        </message>
        <message>
            <source>Looking at sidecars</source>
            <translation>检查附属文件</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there…</source>
            <translation>正在检查已有的附属文件…</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there… {0} of {1}</source>
            <translation>正在检查已有的附属文件… {0} / {1}</translation>
        </message>
        <message>
            <source>Name here</source>
            <translation>这里的名字</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>那里的名字</translation>
        </message>
        <message>
            <source>Names were written beside {0}.</source>
            <translation>已在 {0}旁写入名字。</translation>
        </message>
        <message>
            <source>No sidecar had to be written.</source>
            <translation>没有需要写入的附属文件。</translation>
        </message>
        <message>
            <source>Only the name of {0}, beside the photos of {0}</source>
            <translation>只有 {0} 的名字，写在 {0} 的照片旁</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Put the names known here in their place</source>
            <translation>改用这里的名字</translation>
        </message>
        <message>
            <source>Sidecars: {0}.</source>
            <translation>附属文件：{0}。</translation>
        </message>
        <message>
            <source>The names leave the library that way: whoever gets these files can read them.</source>
            <translation>名字会由此离开图库：拿到这些文件的人都能读到。</translation>
        </message>
        <message>
            <source>The names stand beside {0} already: nothing is to be done.</source>
            <translation>名字已写在 {0}旁：无需操作。</translation>
        </message>
        <message>
            <source>There is nobody with a name in these photos: nothing is to be done.</source>
            <translation>这些照片中没有已命名的人：无需操作。</translation>
        </message>
        <message>
            <source>Who is where goes into small .xmp files beside your photos, where digiKam, Lightroom, Immich and many other programs find it.</source>
            <translation>谁在哪里会写入照片旁的小 .xmp 文件，digiKam、Lightroom、Immich 等许多程序都能读取。</translation>
        </message>
        <message>
            <source>Write names</source>
            <translation>写入名字</translation>
        </message>
        <message>
            <source>Write names into sidecars?</source>
            <translation>要将名字写入附属文件吗？</translation>
        </message>
        <message>
            <source>Your photos are never changed, and what other programs wrote into such files stays.</source>
            <translation>你的照片绝不会被改动，其他程序写在这类文件中的内容也会保留。</translation>
        </message>
        <message numerus="yes">
            <source>{0} are right as they are.</source>
            <translation>
                <numerusform>{0} 个已正确。</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} cannot be reached now: a drive is not connected.</source>
            <translation>{0}目前无法访问：有驱动器未连接。</translation>
        </message>
        <message numerus="yes">
            <source>{0} changed</source>
            <translation>
                <numerusform>{0} 个更改</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} could not be done; the Activity page has the reasons.</source>
            <translation>{0}无法完成；原因见“活动”页面。</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces have other names there, which stay:</source>
            <translation>
                <numerusform>{0} 张面孔在那里有不同的名字，将保留：</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} kept another name.</source>
            <translation>{0}保留了不同的名字。</translation>
        </message>
        <message>
            <source>{0} left out: {1}</source>
            <translation>{0}被略过：{1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} new</source>
            <translation>
                <numerusform>{0} 个新建</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} removed, as nothing but old names is in them</source>
            <translation>
                <numerusform>{0} 个移除，因为其中只有旧名字</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>skipped_files</name>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>跳过原因</translation>
        </message>
        <message>
            <source>{0} for other reasons</source>
            <translation>{0}因其他原因</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}：{1}</translation>
        </message>
    </context>
    <context>
        <name>top_bar</name>
        <message>
            <source>Order</source>
            <translation>排序</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>图片大小</translation>
        </message>
    </context>
    <context>
        <name>tour</name>
        <message>
            <source>Activity tells how far it is and can pause it. History, below, takes back anything you said.</source>
            <translation>“活动”显示进度，也可以暂停任务。下方的“历史记录”可以撤回你的任何标注。</translation>
        </message>
        <message>
            <source>Ask for photos in words</source>
            <translation>用文字查找照片</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>上一步</translation>
        </message>
        <message>
            <source>Click the line under a face and type who it is. Drag one card onto another when both are the same person.</source>
            <translation>点击面孔下方的一行，输入这是谁。如果两张卡片是同一个人，就把一张拖到另一张上。</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Drop a folder with photos here. People appear while Kinfolk looks at them, and you can begin to name them at once.</source>
            <translation>将含照片的文件夹拖到这里。Kinfolk 分析照片时，人物会陆续出现，你可以立即开始命名。</translation>
        </message>
        <message>
            <source>End the tour</source>
            <translation>结束导览</translation>
        </message>
        <message>
            <source>Everything has its page</source>
            <translation>各项功能都有自己的页面</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure</source>
            <translation>不确定时，Kinfolk 会询问你</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>One card for each person</source>
            <translation>每个人物一张卡片</translation>
        </message>
        <message>
            <source>People shows who is in your photos, Photos shows all of them by month. The folders of your album stand below.</source>
            <translation>“人物”显示照片里有谁，“照片”按月显示所有照片。下方是相册的文件夹。</translation>
        </message>
        <message>
            <source>What Kinfolk is doing</source>
            <translation>Kinfolk 正在做什么</translation>
        </message>
        <message>
            <source>Yes or no is enough, and each answer makes the groups better.</source>
            <translation>只需回答是或否，每个回答都会让分组更准确。</translation>
        </message>
        <message>
            <source>Your people will be here</source>
            <translation>人物会出现在这里</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message>
            <source>“anna ben 2019” finds photos with Anna and Ben of that year.</source>
            <translation>“anna ben 2019”可找到那一年同时有 Anna 和 Ben 的照片。</translation>
        </message>
    </context>
    <context>
        <name>tray</name>
        <message>
            <source>A collection has alerts on, so Kinfolk goes on without its window. Its icon in the tray opens the window again, and has Quit.</source>
            <translation>有图集启用了警报，因此关闭窗口后 Kinfolk 会继续运行。点击系统托盘中的图标可重新打开窗口，也可在那里退出。</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>警报</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>继续监视</translation>
        </message>
        <message>
            <source>Kinfolk keeps watching for strangers</source>
            <translation>Kinfolk 会继续留意陌生人</translation>
        </message>
        <message>
            <source>Kinfolk: {0}</source>
            <translation>Kinfolk：{0}</translation>
        </message>
        <message>
            <source>Open Kinfolk</source>
            <translation>打开 Kinfolk</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>The settings can let closing the window end Kinfolk instead.</source>
            <translation>可以在设置中改为关闭窗口时退出 Kinfolk。</translation>
        </message>
        <message numerus="yes">
            <source>{0} alerts not read</source>
            <translation>
                <numerusform>{0} 条未读警报</numerusform>
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
            <translation>相似的面孔</translation>
        </message>
        <message>
            <source>A stranger</source>
            <translation>陌生人</translation>
        </message>
        <message>
            <source>Actual size</source>
            <translation>实际大小</translation>
        </message>
        <message>
            <source>At {0}</source>
            <translation>在 {0}</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>By the camera</source>
            <translation>来自相机</translation>
        </message>
        <message>
            <source>By the file’s name</source>
            <translation>来自文件名</translation>
        </message>
        <message>
            <source>By the file’s own time</source>
            <translation>来自文件自身的时间</translation>
        </message>
        <message>
            <source>By what a program wrote in the file or beside it</source>
            <translation>来自程序在文件中或文件旁写入的内容</translation>
        </message>
        <message>
            <source>Camera raw, {0}</source>
            <translation>相机 RAW，{0}</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>正在比较…</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>副本</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy the coordinates</source>
            <translation>复制坐标</translation>
        </message>
        <message>
            <source>Download and show</source>
            <translation>下载并显示</translation>
        </message>
        <message>
            <source>Drag a frame round the face, or move it with the arrow keys and size it with Shift. Enter goes on, Esc leaves.</source>
            <translation>拖动以框住面孔，或用方向键移动边框，按住 Shift 调整大小。按 Enter 继续，按 Esc 退出。</translation>
        </message>
        <message>
            <source>Draw a face…</source>
            <translation>框出面孔…</translation>
        </message>
        <message>
            <source>Drawn by hand; not used to recognise others</source>
            <translation>手动框出；不用于识别其他面孔</translation>
        </message>
        <message>
            <source>Duration {0}</source>
            <translation>时长 {0}</translation>
        </message>
        <message>
            <source>Enter saves; the name may stay empty.</source>
            <translation>按 Enter 保存；名字可以留空。</translation>
        </message>
        <message>
            <source>Everyone else here is a stranger</source>
            <translation>这里的其他人都是陌生人</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>{0} 的面孔</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>没有名字的面孔</translation>
        </message>
        <message>
            <source>Fair quality</source>
            <translation>质量一般</translation>
        </message>
        <message>
            <source>File date {0}</source>
            <translation>文件日期 {0}</translation>
        </message>
        <message>
            <source>First photo</source>
            <translation>第一张照片</translation>
        </message>
        <message>
            <source>Fit in the window</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <source>Good quality</source>
            <translation>质量好</translation>
        </message>
        <message>
            <source>In the year of birth, {0}</source>
            <translation>出生当年，{0}</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>信息</translation>
        </message>
        <message>
            <source>Kinfolk’s guess</source>
            <translation>Kinfolk 的猜测</translation>
        </message>
        <message>
            <source>Last photo</source>
            <translation>最后一张照片</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>置于顶层</translation>
        </message>
        <message>
            <source>Moment of the video</source>
            <translation>视频的时刻</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>更多…</translation>
        </message>
        <message>
            <source>Moving</source>
            <translation>动态</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>名字</translation>
        </message>
        <message>
            <source>Names all {0} of this person.</source>
            <translation>为此人的全部 {0} 命名。</translation>
        </message>
        <message>
            <source>Names both photos of this person.</source>
            <translation>为此人的两张照片命名。</translation>
        </message>
        <message>
            <source>Next comes somebody without a name.</source>
            <translation>接下来是没有名字的人。</translation>
        </message>
        <message>
            <source>Next comes {0}.</source>
            <translation>接下来是 {0}。</translation>
        </message>
        <message>
            <source>Next face</source>
            <translation>下一张面孔</translation>
        </message>
        <message>
            <source>Next moment with a face</source>
            <translation>下一个有面孔的时刻</translation>
        </message>
        <message>
            <source>Next photo</source>
            <translation>下一张照片</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>无日期</translation>
        </message>
        <message>
            <source>Nobody was found here</source>
            <translation>这里没有找到人物</translation>
        </message>
        <message>
            <source>Nobody was found in this video</source>
            <translation>此视频中没有找到人物</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>不是面孔</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>不是此人</translation>
        </message>
        <message>
            <source>Not with anybody yet</source>
            <translation>尚未归入任何人</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>不是 {0}</translation>
        </message>
        <message>
            <source>On top of the stack</source>
            <translation>位于堆叠顶层</translation>
        </message>
        <message>
            <source>Only this face</source>
            <translation>仅此面孔</translation>
        </message>
        <message>
            <source>Other files with exactly the same picture</source>
            <translation>图片完全相同的其他文件</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>People</source>
            <translation>人物</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Photo in full screen</source>
            <translation>全屏显示照片</translation>
        </message>
        <message>
            <source>Photo {0} of {1} in this stack</source>
            <translation>此堆叠中的照片 {0} / {1}</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>此堆叠中的照片</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>地点</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Play the moving part</source>
            <translation>播放动态部分</translation>
        </message>
        <message>
            <source>Play with sound in your player</source>
            <translation>用播放器播放（有声音）</translation>
        </message>
        <message>
            <source>Poor quality</source>
            <translation>质量差</translation>
        </message>
        <message>
            <source>Previous face</source>
            <translation>上一张面孔</translation>
        </message>
        <message>
            <source>Previous moment with a face</source>
            <translation>上一个有面孔的时刻</translation>
        </message>
        <message>
            <source>Previous photo</source>
            <translation>上一张照片</translation>
        </message>
        <message>
            <source>Quality {0} · sharpness {1}</source>
            <translation>质量 {0} · 清晰度 {1}</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>显示此人的所有照片</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>显示 {0} 的所有照片</translation>
        </message>
        <message>
            <source>Show on a map</source>
            <translation>在地图上显示</translation>
        </message>
        <message>
            <source>Show {0} in file manager</source>
            <translation>在文件管理器中显示 {0}</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>其他人…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop the moving part</source>
            <translation>停止播放动态部分</translation>
        </message>
        <message>
            <source>Stranger</source>
            <translation>陌生人</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>移出堆叠</translation>
        </message>
        <message>
            <source>Taken {0}</source>
            <translation>拍摄于 {0}</translation>
        </message>
        <message>
            <source>That is too small for a face. Draw the frame a little larger.</source>
            <translation>这太小，不足以成为面孔。请把边框画大一些。</translation>
        </message>
        <message>
            <source>The map opens in your browser, on openstreetmap.org: this place then leaves your computer.</source>
            <translation>地图会在浏览器中打开（openstreetmap.org）：此地点因此会离开你的电脑。</translation>
        </message>
        <message>
            <source>The others keep no name.</source>
            <translation>其他人将没有名字。</translation>
        </message>
        <message>
            <source>There is nobody to compare this face with.</source>
            <translation>没有可与此面孔比较的人。</translation>
        </message>
        <message>
            <source>Unknown kind</source>
            <translation>未知类型</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>用作封面</translation>
        </message>
        <message>
            <source>Very good quality</source>
            <translation>质量很好</translation>
        </message>
        <message>
            <source>Who could this be?</source>
            <translation>这可能是谁？</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>这是谁？</translation>
        </message>
        <message>
            <source>Why is this face here?</source>
            <translation>这张面孔为什么在这里？</translation>
        </message>
        <message>
            <source>You said so</source>
            <translation>由你标注</translation>
        </message>
        <message>
            <source>You said so.</source>
            <translation>由你标注。</translation>
        </message>
        <message>
            <source>You said: a stranger</source>
            <translation>由你标注：陌生人</translation>
        </message>
        <message>
            <source>Your player begins at the start: what you saw is at {0}.</source>
            <translation>你的播放器会从头开始：刚才看到的在 {0}。</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>eyes closed</source>
            <translation>闭眼</translation>
        </message>
        <message>
            <source>facing the camera</source>
            <translation>面向相机</translation>
        </message>
        <message>
            <source>female</source>
            <translation>女</translation>
        </message>
        <message>
            <source>head tilted</source>
            <translation>头部倾斜</translation>
        </message>
        <message>
            <source>in profile to the {0}</source>
            <translation>侧脸朝{0}</translation>
        </message>
        <message>
            <source>left</source>
            <translation>左</translation>
        </message>
        <message>
            <source>looking down</source>
            <translation>低头</translation>
        </message>
        <message>
            <source>looking up</source>
            <translation>抬头</translation>
        </message>
        <message>
            <source>looks about {0}</source>
            <translation>看上去约 {0} 岁</translation>
        </message>
        <message>
            <source>male</source>
            <translation>男</translation>
        </message>
        <message>
            <source>mouth open</source>
            <translation>张嘴</translation>
        </message>
        <message>
            <source>right</source>
            <translation>右</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>此人</translation>
        </message>
        <message>
            <source>turned to the {0}</source>
            <translation>转向{0}</translation>
        </message>
        <message>
            <source>{0} % sure that this is one person with these faces:</source>
            <translation>{0}% 确定与以下面孔是同一个人：</translation>
        </message>
        <message>
            <source>{0} % sure that this is {1}, by these faces:</source>
            <translation>根据以下面孔，{0}% 确定这是 {1}：</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message>
            <source>{0} or {1} years old here, born {2}</source>
            <translation>此时 {0} 或 {1} 岁，{2} 年出生</translation>
        </message>
        <message>
            <source>{0} pixels</source>
            <translation>{0} 像素</translation>
        </message>
        <message>
            <source>{0} to {1}</source>
            <translation>{0} 至 {1}</translation>
        </message>
        <message>
            <source>{0} · {1} megapixels</source>
            <translation>{0} · {1} 百万像素</translation>
        </message>
        <message>
            <source>{0}, drawn by hand; not used to recognise others</source>
            <translation>{0}，手动框出；不用于识别其他面孔</translation>
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
            <translation>{0}° W</translation>
        </message>
    </context>
    <context>
        <name>visitors</name>
        <message>
            <source>30 days</source>
            <translation>30 天</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 天</translation>
        </message>
        <message>
            <source>All days</source>
            <translation>所有日期</translation>
        </message>
        <message>
            <source>Been here before</source>
            <translation>以前来过</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>逗号分隔值 (*.csv)</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>正在统计…</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>更早</translation>
        </message>
        <message>
            <source>Export CSV…</source>
            <translation>导出 CSV…</translation>
        </message>
        <message>
            <source>Export the numbers</source>
            <translation>导出数据</translation>
        </message>
        <message>
            <source>Exported to {0}</source>
            <translation>已导出到 {0}</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>小时</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>更晚</translation>
        </message>
        <message>
            <source>New</source>
            <translation>新访客</translation>
        </message>
        <message>
            <source>Nobody came</source>
            <translation>没有人来</translation>
        </message>
        <message>
            <source>Nobody came today</source>
            <translation>今天没有人来</translation>
        </message>
        <message>
            <source>People</source>
            <translation>人数</translation>
        </message>
        <message>
            <source>Returning</source>
            <translation>回访</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Unclear</source>
            <translation>不清楚</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>访客</translation>
        </message>
        <message>
            <source>Visitors as a table</source>
            <translation>访客（表格）</translation>
        </message>
        <message>
            <source>Visitors by day</source>
            <translation>按天统计的访客</translation>
        </message>
        <message>
            <source>Visitors by hour</source>
            <translation>按小时统计的访客</translation>
        </message>
        <message>
            <source>Visits</source>
            <translation>到访次数</translation>
        </message>
        <message>
            <source>Who came</source>
            <translation>谁来过</translation>
        </message>
        <message>
            <source>Whom the camera of this counter sees is counted here.</source>
            <translation>此计数器的摄像头看到的人会在这里统计。</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>M月d日</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <source>different people</source>
            <translation>不同的人</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新</translation>
        </message>
        <message>
            <source>returning</source>
            <translation>回访</translation>
        </message>
        <message>
            <source>visitors</source>
            <translation>访客</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>到访</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>无法写入 {0}：{1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} 人</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} too unclear to say who, and not counted</source>
            <translation>{0}太不清楚，无法判断是谁，未计入</translation>
        </message>
        <message>
            <source>{0}, {1} new, {2} returning</source>
            <translation>{0}，新 {1}，回访 {2}</translation>
        </message>
    </context>
    <context>
        <name>welcome</name>
        <message>
            <source>Add a folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>Add “{0}”</source>
            <translation>添加“{0}”</translation>
        </message>
        <message>
            <source>Drop a folder with photos here</source>
            <translation>将含照片的文件夹拖到这里</translation>
        </message>
        <message>
            <source>Everything happens on this computer: nothing is sent anywhere.</source>
            <translation>一切都在这台电脑上完成：不会发送任何内容。</translation>
        </message>
        <message>
            <source>Kinfolk finds out who is in them, and shows you your photos by person.</source>
            <translation>Kinfolk 会找出照片里有谁，并按人物显示你的照片。</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>功能导览</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>用户指南</translation>
        </message>
        <message>
            <source>What Kinfolk learns of faces is yours, to be erased at any time.</source>
            <translation>Kinfolk 从面孔中学到的内容属于你，随时可以清除。</translation>
        </message>
        <message>
            <source>Your photos are only read, and never changed or moved.</source>
            <translation>你的照片只会被读取，绝不会被改动或移动。</translation>
        </message>
        <message numerus="yes">
            <source>“{1}” holds about {0} photos.</source>
            <translation>
                <numerusform>“{1}”中约有 {0} 张照片。</numerusform>
            </translation>
        </message>
        <message>
            <source>“{1}” holds more than {0} photos.</source>
            <translation>“{1}”中有超过 {0} 张照片。</translation>
        </message>
    </context>
    <context>
        <name>widgets</name>
        <message>
            <source>All face data was erased</source>
            <translation>已清除所有面孔数据</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Drop to add to your album</source>
            <translation>松开即可添加到相册</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.
Faces in new photos are found as ever.</source>
            <translation>除非你要求，Kinfolk 不会再在这些照片中查找面孔。
新照片中的面孔会照常查找。</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名字</translation>
        </message>
        <message>
            <source>Name of this person</source>
            <translation>此人的名字</translation>
        </message>
        <message>
            <source>Names in use</source>
            <translation>已用的名字</translation>
        </message>
        <message>
            <source>New name “{0}”</source>
            <translation>新名字“{0}”</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Years</source>
            <translation>年份</translation>
        </message>
        <message>
            <source>{0}, {1}, collapsed</source>
            <translation>{0}，{1}，已折叠</translation>
        </message>
    </context>
    <context>
        <name>words</name>
        <message>
            <source>MMMM yyyy</source>
            <translation>yyyy年M月</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>无日期</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>未命名的人物</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>昨天</translation>
        </message>
        <message>
            <source>about a minute left</source>
            <translation>剩余约一分钟</translation>
        </message>
        <message numerus="yes">
            <source>about {0} hours left</source>
            <translation>
                <numerusform>剩余约 {0} 小时</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about {0} minutes left</source>
            <translation>
                <numerusform>剩余约 {0} 分钟</numerusform>
            </translation>
        </message>
        <message>
            <source>in the year of birth</source>
            <translation>出生当年</translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>剩余不到一分钟</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces</source>
            <translation>
                <numerusform>{0} 张面孔</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files</source>
            <translation>
                <numerusform>{0} 个文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} 张照片</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} videos</source>
            <translation>
                <numerusform>{0} 个视频</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} years old</source>
            <translation>
                <numerusform>{0} 岁</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
        <message>
            <source>{0}, {1} in stacks</source>
            <translation>{0}，{1} 张在堆叠中</translation>
        </message>
    </context>
</TS>
