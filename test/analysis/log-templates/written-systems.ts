/**
 * Lines in the manner of well-known systems, each with the statement that wrote it. They are the project's own: what is shared by
 * those who write logs is asked, with no line of others.
 */
type Line = {readonly text: string; readonly statement: string};
type Random = {
	readonly below: (limit: number) => number;
	readonly pick: <Item>(items: readonly Item[]) => Item;
	readonly hex: (length: number) => string;
	readonly digits: (length: number) => string;
};
type Statement = (random: Random) => string;
type System = {
	readonly head: (random: Random, line: number) => string;
	readonly statements: readonly (readonly [weight: number, Statement])[];
};

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): Random {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	const pick = <Item>(items: readonly Item[]): Item => {
		const item = items[below(items.length)];
		if (item === undefined) throw new Error('there is nothing to pick from');
		return item;
	};
	const many = (characters: string) => (length: number) => Array.from({length}, () => pick([...characters])).join('');
	return {below, pick, hex: many('0123456789abcdef'), digits: many('123456789')};
}

const two = (value: number) => String(value).padStart(2, '0');
const clock = (line: number) => `${two(Math.floor(line / 3600) % 24)}:${two(Math.floor(line / 60) % 60)}:${two(line % 60)}`;
const same =
	(text: string): Statement =>
	() =>
		text;
const attempt = ({digits, pick}: Random) => `attempt_14${digits(11)}_0001_${pick(['m', 'r'])}_0000${digits(2)}_0`;
const host = ({pick, digits}: Random) =>
	`${pick(['cdn', 'api', 'static', 'img'])}.${pick(['example', 'shop', 'news'])}.${pick(['com', 'net', 'org'])}:${pick(['443', '80', digits(4)])}`;
const size = ({below}: Random) => {
	const bytes = below(20_000);
	return bytes < 1024 ? `${bytes} bytes` : `${bytes} bytes (${(bytes / 1024).toFixed(2)} KB)`;
};

/** Systems by the manner of their lines. */
export const writtenSystems: {readonly [name: string]: System} = {
	'a batch framework in Java': {
		head: ({pick, digits}, line) =>
			`2024-03-18 ${clock(line)},${two(line % 99)}0 ${pick(['INFO', 'INFO', 'WARN', 'ERROR'])} [${pick(['main', 'AsyncDispatcher event handler', `IPC Server handler ${digits(1)} on ${digits(5)}`, 'RMCommunicator Allocator', `ContainerLauncher #${digits(1)}`, 'Thread-50'])}] org.example.batch.${pick(['v2.app.AppMaster', 'job.impl.TaskAttemptImpl', 'ipc.Client', 'rm.Allocator'])}: `,
		statements: [
			[200, random => `${attempt(random)} TaskAttempt Transitioned from NEW to UNASSIGNED`],
			[100, random => `${attempt(random)} TaskAttempt Transitioned from UNASSIGNED to ASSIGNED`],
			[100, random => `${attempt(random)} TaskAttempt Transitioned from ASSIGNED to RUNNING`],
			[100, random => `${attempt(random)} TaskAttempt Transitioned from RUNNING to SUCCEEDED`],
			[50, random => `task_14${random.digits(11)}_0001_m_0000${random.digits(2)} Task Transitioned from NEW to SCHEDULED`],
			[300, random => `Progress of TaskAttempt ${attempt(random)} is : ${(random.below(10_000) / 10_000).toString()}`],
			[
				200,
				random =>
					`Address change detected. Old: master-${random.digits(2)}/10.0.0.${random.below(250)}:9000 New: master-${random.digits(2)}:9000`,
			],
			[
				150,
				random =>
					`Retrying connect to server: master-${random.digits(2)}/10.0.0.${random.below(250)}:8030. Already tried ${random.below(10)} time(s); retry policy is RetryUpToMaximumCountWithFixedSleep(maxRetries=10, sleepTime=1000 MILLISECONDS)`,
			],
			[
				8,
				random =>
					`Registering class org.example.batch.${random.pick(['job.event.JobEventType', 'job.event.TaskEventType', 'speculate.Speculator$EventType', 'launcher.ContainerLauncher$EventType'])} for class org.example.batch.${random.pick(['AppMaster$JobEventDispatcher', 'AppMaster$TaskEventDispatcher', 'AppMaster$SpeculatorEventDispatcher'])}`,
			],
			[5, same('adding path spec: /proxy/*')],
			[2, same('Using callQueue class java.util.concurrent.LinkedBlockingQueue')],
			[40, random => `Assigned container container_14${random.digits(11)}_0001_01_0000${random.digits(2)} to ${attempt(random)}`],
			[40, random => `Recalculating schedule, headroom=<memory:${random.below(5000)}, vCores:-${random.digits(2)}>`],
			[40, random => `Reduce slow start threshold not met. completedMapsForReduceSlowstart ${random.below(9)}`],
			[30, random => `Task succeeded with attempt ${attempt(random)}`],
			[30, random => `Num completed Tasks: ${random.below(20)}`],
			[1, same('loaded properties from batch-metrics2.properties')],
			[1, same('Scheduled snapshot period at 10 second(s).')],
			[1, same('Http request log for http.requests.batch is not defined')],
		],
	},
	'a cluster of a laboratory': {
		head: ({below, digits, pick}) =>
			`${digits(6)} node-${below(255)} ${pick(['unix.hw', 'action', 'node', 'switch_module'])} ${pick(['state_change.unavailable', 'start', 'status', 'error'])} 10${digits(8)} 1 `,
		statements: [
			[400, ({digits}) => `Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=${digits(4)})`],
			[200, ({digits}) => `boot (command ${digits(4)})`],
			[100, ({digits}) => `wait (command ${digits(4)})`],
			[150, ({digits, below}) => `Link error on broadcast tree Interconnect-${below(3)}T0${below(9)}:00:${digits(1)}:${digits(1)}`],
			[150, ({below}) => `Temperature (${below(60)}C) exceeds warning threshold`],
			[150, ({below}) => `ambient=${below(50)}`],
			[100, ({pick}) => `Fan speeds ( ${Array.from({length: 6}, () => pick(['3552', '3534', '3375', '3245'])).join(' ')} )`],
			[50, same('running running')],
			[50, same('not responding')],
			[50, same('psu failure')],
			[80, ({below}) => `ServerFileSystem domain storage${below(999)} is full`],
			[80, ({below}) => `ClusterFileSystem: There is no server for PANFS storage0${below(99)}`],
			[60, ({below}) => `Targeting domains:node-D${below(9)} and nodes:node-[${below(30)}-${below(90)}] child of command ${below(5000)}`],
		],
	},
	'a large cluster by syslog': {
		head: ({below, pick}, line) => {
			const node = `${pick(['dn', 'an', 'bn', 'en'])}${below(999)}`;
			const program = pick([
				'crond(pam_unix)[2915]',
				'kernel',
				'sshd[1234]',
				'ntpd[1978]',
				'postfix/postdrop[10896]',
				'in.tftpd[3]',
				'dhcpd',
			]);
			return `${pick(['-', '-', '-', 'R_MTT'])} ${1131566461 + line} 2005.11.09 ${node} Nov 9 ${clock(line)} ${node}/${node} ${program}: `;
		},
		statements: [
			[300, same('session closed for user root')],
			[300, same('session opened for user root by (uid=0)')],
			[200, () => '(root) CMD (run-parts /etc/cron.hourly)'],
			[150, ({pick}) => `data_thread() got not answer from any [${pick(['Thunder_A1', 'Thunder_B8', 'Thunder_C2'])}] datasource`],
			[100, ({below}) => `DHCPDISCOVER from 00:11:43:e3:ba:${below(90) + 10} via eth1`],
			[100, ({below}) => `DHCPDISCOVER from 00:11:43:e3:ba:${below(90) + 10} via eth1: network A_net: no free leases`],
			[100, ({below}) => `synchronized to 10.100.${below(250)}.250, stratum 3`],
			[80, ({below}) => `Accepted publickey for root from ::ffff:10.100.${below(99)}.${below(250)} port ${below(60000)} ssh2`],
			[50, same('[ib_sm_sweep.c:1482]: No topology change')],
			[50, ({digits}) => `ACPI: LAPIC (acpi_id[0x0${digits(1)}] lapic_id[0x0${digits(1)}] enabled)`],
			[30, same('warning: unable to look up public/pickup: No such file or directory')],
			[40, ({below}) => `Bad file descriptor (9) in tm_request, job ${below(9999)} not running`],
		],
	},
	'a component service of a desktop': {
		head: ({pick}, line) => `2016-09-28 ${clock(line)}, Info                  ${pick(['CBS', 'CBS', 'CSI'])}    `,
		statements: [
			[300, ({digits}) => `Session: 3054${digits(4)}_${digits(9)} initialized by client UpdateAgent.`],
			[
				250,
				({digits, pick}) =>
					`Read out cached package applicability for package: Package_for_KB${digits(7)}~31bf3856ad364e35~amd64~~6.1.1.${digits(1)}, ApplicableState: ${pick(['112', '80', '0'])}, CurrentState:${pick(['112', '0'])}`,
			],
			[200, same('Warning: Unrecognized packageExtended attribute.')],
			[150, same('Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]')],
			[
				100,
				({digits}) =>
					`0000000${digits(1)}@2016/9/27:20:30:3${digits(1)}.455 WcpInitialize (wcp.dll version 0.0.0.6) called (stack @0x7fed${digits(7)} @0x7fe${digits(8)})`,
			],
			[50, same('Ending the TrustedInstaller main loop.')],
			[50, same('Starting the TrustedInstaller main loop.')],
			[40, same('TrustedInstaller service starts successfully.')],
			[40, ({digits}) => `SQM: Initializing online with Windows opt-in: ${digits(1) > '5' ? 'True' : 'False'}`],
			[40, ({digits}) => `SQM: Cleaning up report files older than ${digits(2)} days.`],
			[40, ({digits}) => `SQM: Requesting upload of all unsent reports.${digits(1) === '1' ? '' : ''}`],
			[50, ({hex, digits}) => `NonStart: Set pending store consistency check.`.concat(hex(0), digits(0))],
			[50, ({digits}) => `Scavenge: Begin CSI Store ${digits(3)}`],
			[50, ({digits}) => `Scavenge: Completed, disposition: 0X${digits(1)}`],
		],
	},
	'a telephone': {
		head: ({below, pick}, line) =>
			`03-17 ${clock(line)}.${two(line % 90)}1  1702 ${String(2000 + below(9000)).padStart(5)} ${pick(['D', 'V', 'I', 'W', 'E'])} ${pick(['WindowManager', 'PowerManagerService', 'PhoneStatusBar', 'ActivityManager', 'AudioManager'])}: `,
		statements: [
			[
				250,
				({hex, pick}) =>
					`printFreezingDisplayLogsopening app wtoken = AppWindowToken{${hex(7)} token=Token{${hex(7)} ActivityRecord{${hex(7)} u0 com.example.${pick(['chat', 'news', 'mail'])}/.Main t761}}}, allDrawn= ${pick(['false', 'true'])}, startingDisplayed =  ${pick(['false', 'true'])}, isRelaunching =  false`,
			],
			[
				200,
				({digits, hex}) =>
					`acquire lock=${digits(9)}, flags=0x1, tag="View Lock", name=com.android.systemui, ws=null, uid=100${digits(2)}, pid=${digits(4)}${hex(0)}`,
			],
			[
				150,
				({digits}) =>
					`release:lock=${digits(8)}, flg=0x0, tag="View Lock", name=com.android.systemui", ws=null, uid=100${digits(2)}, pid=${digits(4)}`,
			],
			[
				100,
				({digits}) =>
					`ready=true,policy=3,wakefulness=1,wksummary=0x${digits(1)},uasummary=0x1,bootcompleted=true,boostinprogress=false,waitmodeenable=false,mode=false,manual=38,auto=-1,adj=0.0userId=0`,
			],
			[100, ({digits, pick}) => `getTasks: caller ${digits(5)} is using old GET_TASKS but privileged; ${pick(['allowing', 'allowing'])}`],
			[
				100,
				({digits}) =>
					`Skipping AppWindowToken{df0798e token=Token{78af589 ActivityRecord{3b04890 u0 com.example.chat/com.example.video.ui.VideoActivity t${digits(3)}}}} -- going to hide`,
			],
			[100, ({digits}) => `cancelAutohide mAutohideSuspended=${Number(digits(1)) > 5}`],
			[60, same('cancelNotification: cancelNotificationInternal')],
			[50, ({digits}) => `querySlowContents took ${digits(3)} ms`],
			[
				50,
				({digits}) =>
					`setSystemUiVisibility vis=${digits(1)}0000000 mask=ffffffff oldVal=${digits(1)}000050 newVal=4000${digits(4)} diff=${digits(1)}0000000`,
			],
			[
				50,
				({digits}) =>
					`Destroying surface Surface(name=PopupWindow:${digits(7)}) called by com.android.server.wm.WindowStateAnimator.destroySurface`,
			],
			[
				40,
				({digits, pick}) =>
					`interceptKeyTq keycode=${digits(2)} interactive=${pick(['true', 'false'])} keyguardActive=false policyFlags=2000000`,
			],
		],
	},
	'a proxy client': {
		head: ({below, pick}, line) =>
			`[10.30 ${clock(line)}] ${pick(['chrome.exe', 'chrome.exe *64', 'mail.exe', 'sync.exe'])} - proxy.example.edu:50${two(below(99))} `,
		statements: [
			[500, random => `open through proxy ${host(random)} HTTPS`],
			[100, random => `open through proxy ${host(random)} SOCKS5`],
			[
				60,
				random =>
					`error : Could not connect through proxy ${host(random)} - Proxy server cannot establish a connection with the target, status code 403`,
			],
			[20, same('error : A connection request was canceled before the completion.')],
		],
	},
	'a proxy client that closes': {
		head: (random, line) => `[10.30 ${clock(line)}] ${random.pick(['chrome.exe', 'chrome.exe *64', 'mail.exe'])} - ${host(random)} `,
		statements: [
			[
				500,
				random =>
					`close, ${random.below(900)} bytes sent, ${random.below(900)} bytes received, lifetime ${random.pick(['<1 sec', '00:01', '01:14:58'])}`,
			],
			[
				200,
				random =>
					`close, ${random.below(900)} bytes sent, ${random.below(90_000)} bytes (${size(random).length}.1 KB) received, lifetime ${random.pick(['<1 sec', '00:01'])}`,
			],
			[
				100,
				random =>
					`close, ${random.below(90_000)} bytes (${random.below(90)}.2 KB) sent, ${random.below(900_000)} bytes (${random.below(90)}.1 ${random.pick(['KB', 'MB'])}) received, lifetime 00:0${random.below(9)}`,
			],
		],
	},
	'a cloud of machines': {
		head: ({hex, digits, pick}, line) =>
			`nova-${pick(['api', 'compute'])}.log.1.2017-05-16_13:53:08 2017-05-16 ${clock(line)}.${digits(3)} ${digits(4)} INFO nova.${pick(['osapi_compute.wsgi.server', 'compute.manager', 'virt.libvirt.imagecache'])} [${pick(['-', `req-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)} ${hex(32)} ${hex(32)} - - -`])}] `,
		statements: [
			[
				300,
				({digits, hex}) =>
					`10.11.10.1 "GET /v2/${hex(32)}/servers/detail HTTP/1.1" status: ${digits(1) > '7' ? 404 : 200} len: ${digits(4)} time: 0.${digits(7)}`,
			],
			[100, ({digits, hex}) => `10.11.10.1 "POST /v2/${hex(32)}/servers HTTP/1.1" status: 202 len: ${digits(3)} time: 0.${digits(7)}`],
			[
				50,
				({digits, hex}) =>
					`10.11.10.1 "DELETE /v2/${hex(32)}/servers/${hex(8)} HTTP/1.1" status: 204 len: ${digits(3)} time: 0.${digits(7)}`,
			],
			[100, ({hex}) => `[instance: ${hex(8)}-${hex(4)}-4d92-8d5f-${hex(12)}] VM Started (Lifecycle Event)`],
			[100, ({hex}) => `[instance: ${hex(8)}-${hex(4)}-4d92-8d5f-${hex(12)}] VM Paused (Lifecycle Event)`],
			[100, ({hex}) => `[instance: ${hex(8)}-${hex(4)}-4d92-8d5f-${hex(12)}] VM Resumed (Lifecycle Event)`],
			[100, ({hex}) => `[instance: ${hex(8)}-${hex(4)}-4d92-8d5f-${hex(12)}] VM Stopped (Lifecycle Event)`],
			[80, ({digits}) => `Active base files: /var/lib/nova/instances/_base/a489c868f0c37da93b76227c91bb03908ac0e${digits(3)}`],
			[80, ({digits}) => `image 0673dd71-34c5-4fbb-86c4-40623fbe${digits(4)} at (/var/lib/nova/instances/_base/a489c868f0c37): checking`],
			[
				80,
				({digits}) =>
					`image 0673dd71-34c5-4fbb-86c4-40623fbe${digits(4)} at (/var/lib/nova/instances/_base/a489c868f0c37): in use: on this node ${digits(1)} local, 0 on other nodes sharing this instance storage`,
			],
			[
				40,
				({hex, digits}) => `[instance: ${hex(8)}-${hex(4)}-4d92-8d5f-${hex(12)}] Took ${digits(2)}.${digits(2)} seconds to build instance.`,
			],
			[
				40,
				({hex, digits}) =>
					`[instance: ${hex(8)}-${hex(4)}-4d92-8d5f-${hex(12)}] Took ${digits(2)}.${digits(2)} seconds to spawn the instance on the hypervisor.`,
			],
			[20, ({digits}) => `Total memory: 64172 MB, used: ${digits(3)}.00 MB`],
			[20, ({digits}) => `memory limit: 96258.00 MB, free: ${digits(5)}.00 MB`],
		],
	},
	'a laptop': {
		head: ({pick, digits, below}, line) =>
			`Jul  ${1 + below(8)} ${clock(line)} ${pick(['authorMacBook-Pro', `calvisitor-10-105-160-${digits(2)}`, 'airbears2-10-142-110-255'])} ${pick(['kernel[0]', `Microsoft Word[${digits(5)}]`, `com.apple.cts[${digits(3)}]`, 'com.apple.xpc.launchd[1] (com.apple.xpc.launchd.domain.pid.WebContent.43504)', `symptomsd[${digits(3)}]`, `secd[${digits(3)}]`])}: `,
		statements: [
			[
				200,
				({digits}) =>
					`IOThunderboltSwitch<0>(0x0)::listenerCallback - Thunderbolt HPD packet for route = 0x0 port = ${digits(2)} unplug = ${digits(1)}`,
			],
			[
				150,
				({below}) =>
					`com.apple.WebKit.WebContent: notification observer: com.apple.FaceTime   notification: __CFNotification 0x${below(16).toString(16)}fdcda0b${below(9)} {name = _NSDoNotDisturbEnabledNotification}`,
			],
			[150, ({digits}) => `AirPort: Link Down on awdl0. Reason ${digits(1)} (Disassociated because station leaving).`],
			[
				150,
				({digits}) =>
					`ARPT: ${digits(6)}.${digits(6)}: wl0: wl_update_tcpkeep_seq: Original Seq: ${digits(10)}, Ack: ${digits(10)}, Win size: 4096`,
			],
			[100, ({hex, digits}) => `Unexpected EOF, returning last token as fallback`.concat(hex(0), digits(0))],
			[100, ({digits}) => `__CFNetworkAgent: unable to read setting ${digits(4)}`],
			[80, ({digits}) => `ARPT: ${digits(6)}.${digits(6)}: wl0: MDNS: 0 SRV Recs, 0 TXT Recs`],
			[80, ({digits}) => `en0: BSSID changed to 5c:50:15:4c:18:${digits(2)}`],
			[
				80,
				({digits, pick}) =>
					`RTC: Maintenance 2017/7/${digits(1)} 19:${digits(2)}:41, sleep 2017/7/${digits(1)} 18:36:${digits(2)}`.concat(pick(['', ''])),
			],
			[60, ({digits}) => `Captive: CNPluginHandler en0: Inactive`.concat(digits(0))],
			[60, () => `Captive: CNPluginHandler en0: Evaluating`],
			[30, ({pick}) => `Got a ${pick(['kPMWake', 'kPMSleep'])} event`],
		],
	},
};

/** Lines of a system, as often as their weights say, the same for the same seed. */
export function linesOf({head, statements}: System, count: number, seed = 1): readonly Line[] {
	const random = randomOf(seed);
	const bag = statements.flatMap(([weight, statement], index) => Array.from({length: weight}, () => ({statement, name: String(index)})));
	return Array.from({length: count}, (_, line) => {
		const {statement, name} = random.pick(bag);
		return {text: head(random, line) + statement(random), statement: name};
	});
}
