import {alsoMeant, type Field, field, meaning, named} from '../field.ts';

const pods = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;
const no = String.raw`(?:no|not|never|without|don't|do not|does not|forbid\w*|disallow\w*|den(?:y|ied)|disabl\w*|prevent\w*|block\w*|prohibit\w*|turn(?:ed)? off)`;
const noKorean = '(?:금지|불가|차단|막|끄|꺼|해제|없이|없도록|하지|말|안 ?되|안 ?하|비활성)';

/** Who the processes of a pod run as, and what they may do. */
const ofSecurity: readonly Field[] = [
	field(
		pods,
		'pod',
		'securityContext.runAsUser',
		'count',
		/\buid\b|\buser ?id\b|\brun(?:s|ning)? as(?:(?: the)? user\b|(?= \d))|\bas user\b|\buser(?= \d)|(?:사용자|유저)(?: ?id)?(?= ?\d)|사용자 ?id/,
	),
	field(pods, 'pod', 'securityContext.runAsGroup', 'count', /\bgid\b|\bgroup ?id\b|(?<!fs ?)\bgroup(?= \d)|(?<!fs ?)그룹(?: ?id)?/),
	field(pods, 'pod', 'securityContext.fsGroup', 'count', /\bfs ?-?group\b|\bfile ?system group\b|파일 ?시스템 ?그룹/),
	alsoMeant(
		[
			meaning(
				true,
				/\bnon-?root\b|\b(?:not|never)(?: be)?(?: run(?:ning)?)?(?: as)? root\b|(?:루트|root)(?:가|로|로는|는)? ?(?:아닌|아니|실행 ?(?:하지|안|금지|불가|되지)|돌리지|금지)|비루트/,
			),
		],
		field(pods, 'pod', 'securityContext.runAsNonRoot', 'flag', /\brun as non-?root\b/),
	),
	field(
		pods,
		'pod',
		'securityContext.seccompProfile.type',
		named('RuntimeDefault', 'Unconfined'),
		/\bseccomp(?: ?profile)?\b|세컴프|세캄프/,
	),
	alsoMeant(
		[
			meaning(
				true,
				/\bread-? ?only[^,.;/]{0,20}\broot ?(?:fs|file ?system)\b|\broot ?(?:fs|file ?system)\b[^,.;/]{0,30}\bread-? ?only\b|(?:루트|root) ?(?:파일 ?시스템|fs)\S* ?(?:읽기 ?전용|read-? ?only)|(?:읽기 ?전용|read-? ?only) ?(?:루트|root) ?(?:파일 ?시스템|fs|filesystem)/,
			),
		],
		field(pods, 'container', 'securityContext.readOnlyRootFilesystem', 'flag', /\bread-only root filesystem\b/),
	),
	alsoMeant(
		[
			meaning(
				false,
				new RegExp(
					String.raw`\b${no}(?: \w+)? privilege escalation\b|\bprivilege escalation(?: \w+)? (?:off|forbidden|disabled|denied|prohibited|not allowed|blocked)\b|권한 ?상승\S* ?(?:허용 ?)?${noKorean}`,
				),
			),
		],
		field(pods, 'container', 'securityContext.allowPrivilegeEscalation', 'flag', /\bprivilege escalation\b/),
	),
	alsoMeant(
		[
			meaning(false, /\b(?:not|never) privileged\b/),
			meaning(true, /\bprivileged (?:container|mode|pod)\b|\bas privileged\b|특권 ?(?:모드|컨테이너)/),
		],
		field(pods, 'container', 'securityContext.privileged', 'flag', /\bprivileged (?:container|mode|pod)\b/),
	),
];

/** How pods are placed, named and reached, and when they end. */
const ofRunning: readonly Field[] = [
	field(
		pods,
		'pod',
		'terminationGracePeriodSeconds',
		'seconds',
		/\bgrace(?: period)?\b|\bto (?:terminate|shut ?down|finish|wind down|exit)\b(?! (?:the|a|an|all|its|with)\b)|\b(?:before|until) (?:it is|they are|being|it's|they're) killed\b|종료 ?(?:유예|대기)|종료(?:할|될)? ?(?:때|시)(?:에|까지)?|유예 ?(?:시간|기간)|그레이스/,
	),
	field(
		['Pod'],
		'pod',
		'activeDeadlineSeconds',
		'seconds',
		/\bdeadline\b|\bkill(?:ed)?(?: it)? after\b|\btime ?limit\b|\bat most\b(?= (?:\d+|an?|half an?|one|two|three|five|ten|fifteen|twenty|thirty) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|days?)\b)|제한 ?시간|시간 ?제한|데드라인/,
	),
	{
		kinds: pods,
		place: 'pod',
		path: ['serviceAccountName'],
		holds: 'name',
		// Its token is another matter.
		words: /\bservice[ -]?account(?:[ -]?name)?\b(?! tokens?\b)|서비스 ?(?:어카운트|계정)(?! ?토큰)/g,
	},
	alsoMeant(
		[
			meaning(
				false,
				new RegExp(
					String.raw`\b${no} (?:auto-?)?(?:mount(?:ing|ed)? )?(?:\w+ )?(?:the )?(?:service ?account |sa |api )+tokens?\b|\b(?:service ?account|sa|api) token\b[^,.;]{0,20}\b(?:not|off|disabled|unmounted)\b|토큰\S* ?(?:자동 ?)?(?:마운트)?\S* ?${noKorean}`,
				),
			),
		],
		field(pods, 'pod', 'automountServiceAccountToken', 'flag', /\bauto-?mount(?:ing)? (?:of )?(?:the )?(?:service ?account )?token\b/),
	),
	// Classes are called by words that elsewhere name nothing.
	alsoMeant(
		['high', 'low', 'medium', 'normal', 'critical', 'default', 'batch', 'important', 'urgent'].map(level =>
			meaning(
				level,
				new RegExp(
					String.raw`\bpriority ?(?:class(?: ?name)?)?(?: is| of| set to| called| named|:| =|=)* ?["'\`]?${level}\b(?!-|\.?\w)|(?<![\w-])${level}[- ]priority class\b|(?:우선 ?순위|프라이어리티)(?: ?클래스)?(?:는|은|를|을|가|이|:)? ?["'\`]?${level}(?!-|\.?\w)`,
				),
			),
		),
		field(pods, 'pod', 'priorityClassName', 'name', /\bpriority(?: ?class)?\b|우선 ?순위(?: ?클래스)?|프라이어리티(?: ?클래스)?/),
	),
	field(pods, 'pod', 'runtimeClassName', 'name', /\bruntime ?class\b|런타임 ?클래스/),
	field(pods, 'pod', 'schedulerName', 'name', /\bscheduler\b|스케줄러/),
	field(pods, 'pod', 'hostname', 'name', /\bhost ?name\b|호스트 ?네임|호스트 ?이름/),
	field(pods, 'pod', 'subdomain', 'name', /\bsub-?domain\b|서브 ?도메인/),
	field(pods, 'pod', 'nodeName', 'name', /\bnode ?name\b/),
	field(pods, 'pod', 'dnsPolicy', named('ClusterFirst', 'Default', 'ClusterFirstWithHostNet', 'None'), /\bdns policy\b|dns ?정책/),
	alsoMeant(
		[
			meaning(
				true,
				/\bhost(?:'s)? network(?:ing)?\b(?! false)|\bnetwork(?: namespace)? of (?:the|its) (?:node|host)\b|(?:호스트|노드) ?네트워크/,
			),
		],
		field(pods, 'pod', 'hostNetwork', 'flag', /\bhost network\b/),
	),
	alsoMeant([meaning(true, /\bhost(?:'s)? pid(?: namespace)?\b|호스트 ?pid/)], field(pods, 'pod', 'hostPID', 'flag', /\bhost ?pid\b/)),
	alsoMeant([meaning(true, /\bhost(?:'s)? ipc(?: namespace)?\b|호스트 ?ipc/)], field(pods, 'pod', 'hostIPC', 'flag', /\bhost ?ipc\b/)),
	alsoMeant(
		[
			meaning(
				true,
				/\bshar(?:e|es|ed|ing) (?:a |the |one |their )?(?:process|pid) namespace\b|\bone process namespace\b|프로세스 ?네임 ?스페이스\S* ?공유/,
			),
		],
		field(pods, 'pod', 'shareProcessNamespace', 'flag', /\bshare process namespace\b/),
	),
	alsoMeant(
		[
			meaning(
				false,
				new RegExp(String.raw`\b${no} (?:the )?service links\b|\bservice links (?:off|disabled)\b|서비스 ?링크\S* ?${noKorean}`),
			),
		],
		field(pods, 'pod', 'enableServiceLinks', 'flag', /\bservice links\b|서비스 ?링크/),
	),
];

/** What stands in the container itself. */
const ofContainers: readonly Field[] = [
	field(
		pods,
		'container',
		'imagePullPolicy',
		[
			...named('Always', 'IfNotPresent', 'Never'),
			meaning('Always', /\balways pull(?:s|ed)?\b|\bpull(?:s|ed)? (?:the image )?(?:always|every time)\b|항상 ?(?:풀|pull|받)/),
			meaning('Never', /\bnever pull(?:s|ed)?\b/),
		],
		/\b(?:image )?pull policy\b|\bpull\b|풀 ?정책/,
	),
	field(pods, 'container', 'terminationMessagePolicy', named('File', 'FallbackToLogsOnError'), /\btermination message(?: policy)?\b/),
	alsoMeant(
		[meaning(true, /\b(?:with|needs?|gets?|has) (?:a )?tty\b|tty ?(?:켜|할당|활성)/)],
		field(pods, 'container', 'tty', 'flag', /\btty\b/),
	),
	alsoMeant(
		[meaning(true, /\bstdin (?:open|on)\b|\bopen stdin\b|stdin ?(?:열|켜|활성)/)],
		field(pods, 'container', 'stdin', 'flag', /\bstdin\b/),
	),
];

/** Fields of what runs pods: of the pod itself and of its containers. */
export const ofPods: readonly Field[] = [...ofSecurity, ...ofRunning, ...ofContainers];
