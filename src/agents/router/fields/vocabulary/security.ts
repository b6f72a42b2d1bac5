import {type Field, field, meaning, named} from '../field.ts';

const pods = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;

/** What pods and their containers may do on their node and in the cluster. */
export const ofSecurity: readonly Field[] = [
	field(
		pods,
		'pod',
		'automountServiceAccountToken',
		'flag',
		/\b(?:auto-?)?mount\w*(?: (?:an?|the|any|its|their))*(?: (?:service ?account|sa|api))? (?:credentials?|tokens?)\b|\b(?:service ?account|sa|api) tokens?(?= (?:auto-?)?mount)|(?:서비스 ?(?:어카운트|계정) ?|sa ?)?토큰(?:을|은|의)? ?(?:자동 ?)?(?:마운트|탑재)/,
	),
	field(
		pods,
		'container',
		'securityContext.readOnlyRootFilesystem',
		'flag',
		/\b(?:root ?(?:fs|file ?system)|file ?system)(?: of (?:the |its )?container)?(?: (?:must|should|has to|to))?(?: be| is)?(?: mounted)? read-? ?only\b|\bread-? ?only root ?(?:fs|file ?system)?\b|루트 ?(?:파일 ?시스템|fs)(?:은|는|을|를)? ?(?:읽기 ?전용|리드 ?온리|read-? ?only)|읽기 ?전용 ?루트(?: ?(?:파일 ?시스템|fs))?/,
	),
	field(
		pods,
		'container',
		'securityContext.allowPrivilegeEscalation',
		'flag',
		/\bprivilege escalation\b|\bescalat\w+ privileges?\b|권한 ?상승/,
	),
	field(
		pods,
		'container',
		'securityContext.privileged',
		'flag',
		/\bprivileged(?: mode| container| pod)?\b|특권(?: ?(?:모드|컨테이너|권한))?|프리빌리지드/,
	),
	field(
		pods,
		'pod',
		'securityContext.runAsNonRoot',
		[
			meaning(
				true,
				/\b(?:(?:run\w* )?as )?(?:a )?non-? ?root(?: user)?\b|\bnot (?:be |run )?(?:as )?root\b|루트(?:가 아닌| 아닌| 말고)|(?:비|논) ?루트/,
			),
			...flagWords(),
		],
		/\brun as non ?root\b/,
	),
	field(
		pods,
		'pod',
		'securityContext.runAsUser',
		'count',
		/\b(?:as|run as|under) (?:the )?(?:user|uid)(?: id)?\b|\buid\b|\buser id\b|(?:사용자|유저) ?(?:id|아이디|번호)?/,
	),
	field(
		pods,
		'pod',
		'securityContext.runAsGroup',
		'count',
		/\b(?:as|run as|under|and) (?:the )?(?:group|gid)(?: id)?\b|\bgid\b|\bgroup id\b|그룹 ?(?:id|아이디|번호)?/,
	),
	field(pods, 'pod', 'securityContext.fsGroup', 'count', /\bfs ?group\b|\bfile ?system group\b|파일 ?시스템 ?그룹/),
	field(pods, 'pod', 'securityContext.seccompProfile.type', named('RuntimeDefault', 'Unconfined'), /\bseccomp(?: ?profile)?\b|세콤프/),
	field(pods, 'pod', 'hostPID', 'flag', /\bhost pid\b|\bpid namespace of the (?:host|node)\b|호스트 ?pid/),
	field(
		pods,
		'pod',
		'shareProcessNamespace',
		'flag',
		/\bshar\w+ (?:the |one |a )?(?:process|pid) namespace\b|프로세스 ?네임스페이스(?:를)? ?공유/,
	),
	field(pods, 'pod', 'enableServiceLinks', 'flag', /\bservice links?\b|서비스 ?링크/),
];

function flagWords() {
	return named('true', 'false').map(({value, words}) => ({value: value === 'true', words}));
}
