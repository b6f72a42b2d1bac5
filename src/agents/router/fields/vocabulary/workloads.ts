import {alsoMeant, type Field, field, meaning, named} from '../field.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

const updates = /\bupdate strategy\b|\bupdates?(?: policy)?\b|업데이트(?: ?(?:전략|방식))?/;
const onDelete = [
	...named('OnDelete', 'RollingUpdate'),
	meaning(
		'OnDelete',
		/\bupdat(?:e|es|ed)(?: \w+)? only (?:when|if|after)(?: \w+){0,4} delet\w+|(?:삭제|지우)(?:할|될|한|해야|하면)\S* ?(?:때만|때에만|만)? ?업데이트/,
	),
];

/** What becomes of the claims of a StatefulSet when it goes or shrinks. @param event stems of the words for it in either language */
const kept = (path: string, words: RegExp, english: string, korean: string): readonly Field[] => [
	field(
		['StatefulSet'],
		'object',
		`spec.persistentVolumeClaimRetentionPolicy.${path}`,
		[
			...named('Retain', 'Delete'),
			meaning(
				'Delete',
				new RegExp(
					String.raw`\b(?:when|once|if|after)\b[^,.;]*\b(?:${english})\w*[^.;]*\b(?:claims?|pvcs?|volumes?|disks?)\b[^.;]*\b(?:delet|remov|go|dropped|cleaned|gone)\w*|\b(?:delete|remove|drop)s? (?:its|the|their) (?:claims?|pvcs?|volumes?)[^.;]*\b(?:when|once|if|after|with)\b[^.;]*\b(?:${english})|(?:${korean})\S*(?:면| 때) ?(?:\S+ )?(?:pvc|클레임|볼륨)\S* ?(?:도 )?(?:같이 |함께 |자동(?:으로)? )?(?:삭제|지우|지워)`,
				),
			),
			meaning(
				'Retain',
				new RegExp(
					String.raw`\b(?:keep|retain)s? (?:its|the|their) (?:claims?|pvcs?|volumes?)[^.;]*\b(?:when|if|after)\b[^.;]*\b(?:${english})`,
				),
			),
		],
		words,
	),
];

/** Fields of workloads that keep pods running, beside their pods. */
export const ofWorkloads: readonly Field[] = [
	field(
		workloads,
		'object',
		'spec.revisionHistoryLimit',
		'count',
		/\b(?:revision )?history(?: limit)?\b|\brevisions\b|\bold (?:replica ?sets?|revisions?|versions?)\b|리비전(?! ?#?\d+ ?번?(?:으)?로|으로|로)(?: ?(?:기록|이력|히스토리))?/,
	),
	field(
		workloads,
		'object',
		'spec.minReadySeconds',
		'seconds',
		/\bmin(?:imum)? ready(?: time)?\b|\b(?:counts?|counted|considered|treated|regarded|deemed)(?: only)? as (?:available|ready)\b|\bready for\b|\bstay(?:s|ed)? ready\b|최소 ?준비(?: ?시간)?|준비 ?상태(?:로|를)?/,
	),
	field(['Deployment'], 'object', 'spec.progressDeadlineSeconds', 'seconds', /\bprogress deadline\b|진행 ?기한/),
	field(
		['Deployment'],
		'object',
		'spec.strategy.type',
		[
			...named('Recreate', 'RollingUpdate'),
			meaning(
				'Recreate',
				/\brecreate\b|\bold (?:one|pods?|version|replicas?)(?: \w+){0,3} (?:first|before (?:the |any |a )?(?:new|next)\b)|(?:기존|이전|옛) ?파드(?:를|가|부터)? ?(?:먼저|다|모두)[^.,]*(?:새|다음)|재생성 ?(?:전략|방식)/,
			),
		],
		/\b(?:deployment |update |rollout )?strategy\b|(?:배포 ?)?전략/,
	),
	field(
		['Deployment'],
		'object',
		'spec.paused',
		[meaning(true, /\b(?:created?|start\w*|made|come up|leave it|keep it) paused\b|(?:paused|일시 ?중지) ?상태/)],
		/\bpaused\b/,
	),
	alsoMeant(
		[
			meaning(
				0,
				/\b(?:no|without|zero)(?: any)? (?:surge|extra pods?|additional pods?)\b|\b(?:none|nothing|zero|no pods?) (?:extra|additional|surplus|on top)\b/,
			),
			meaning(
				1,
				/\b(?:one|a single|an?|1) (?:pod )?(?:extra|additional|surplus|more)(?: pod)?(?: at a time| at once|(?=[^.;]*\b(?:updat|roll|during|replac))|(?<=\b(?:updat|roll|replac)[^.;]*))|(?:업데이트|롤아웃|교체)[^.,]*(?:파드 ?)?(?:하나|한 ?개|1개)씩? ?(?:더|추가)/,
			),
		],
		field(
			['Deployment'],
			'object',
			'spec.strategy.rollingUpdate.maxSurge',
			'share',
			/\b(?:max(?:imum)? )?surges?\b|\b(?:extra|additional|surplus) pods?\b(?=[^.;]*\b(?:updat|roll|during|replac|at a time|at once))|\bmore than wanted\b|맥스 ?서지|(?:최대 ?)?서지|(?:초과|추가|여분) ?파드/,
		),
	),
	alsoMeant(
		[
			meaning(
				0,
				/\b(?:none|no pods?|nothing|not one|zero) (?:may |must |is |are |can |to )?(?:be )?(?:missing|unavailable|down|less|lost|fewer)\b|\bwithout (?:losing|dropping)(?: a| any)? pods?\b|\b(?:los(?:e|es|ing)|drop(?:s|ping)?) (?:none|no pods?|nothing)\b|\b(?:never|not) (?:lose|drop) (?:a|any|one) pods?\b|(?:줄|빠지|끊기|내려가)(?:지|는 ?파드) ?(?:않|없)/,
			),
		],
		field(
			['Deployment'],
			'object',
			'spec.strategy.rollingUpdate.maxUnavailable',
			'share',
			/\b(?:max(?:imum)? )?unavailable\b(?!.*\b(?:drain|evict|disrupt|maintenance))|최대 ?불가용|불가용|맥스 ?언어베일러블/,
		),
	),
	field(
		['StatefulSet'],
		'object',
		'spec.podManagementPolicy',
		[
			...named('Parallel', 'OrderedReady'),
			meaning(
				'Parallel',
				/\b(?:start\w*|come up|coming up|begin\w*|launch\w*|boot\w*|brought up|created)(?: \w+){0,3}? (?:in parallel|at once|together|at the same time|simultaneously|without waiting)|\bparallel (?:start|startup|pod management|boot)\b|(?:동시에|병렬로|한꺼번에|한번에) ?(?:다 ?)?(?:시작|기동|뜨|띄|올라|생성|관리)|병렬 ?(?:시작|기동|관리|파드)/,
			),
			meaning('OrderedReady', /\bone after (?:the other|another)\b|순서대로|차례로/),
		],
		/\bpod management(?: policy)?\b|파드 ?관리(?: ?정책)?/,
	),
	field(['StatefulSet'], 'object', 'spec.updateStrategy.type', onDelete, updates),
	field(['DaemonSet'], 'object', 'spec.updateStrategy.type', onDelete, updates),
	field(['StatefulSet'], 'object', 'spec.updateStrategy.rollingUpdate.partition', 'count', /\bpartition(?:ed)?\b|파티션/),
	{
		kinds: ['StatefulSet'],
		place: 'object',
		path: ['spec', 'ordinals', 'start'],
		holds: 'count',
		// Its own name is an ordinary word.
		words:
			/\bordinals?(?: (?:that )?(?:starts?|begins?|starting|from))+\b|\b(?:numbering|pod numbers) (?:starts?|begins?|from)\b|(?:번호|순번|서수)(?:를|는|가)?/g,
	},
	field(
		['DaemonSet'],
		'object',
		'spec.updateStrategy.rollingUpdate.maxUnavailable',
		'share',
		/\b(?:max(?:imum)? )?unavailable\b|\b(?:nodes?|pods?) (?:updated |replaced )?at a time\b|최대 ?불가용|불가용|한 ?번에|동시에/,
	),
	field(['DaemonSet'], 'object', 'spec.updateStrategy.rollingUpdate.maxSurge', 'share', /\b(?:max(?:imum)? )?surges?\b|서지/),
	...kept(
		'whenDeleted',
		/\bwhen deleted\b|\bwhen (?:the |it |this )?(?:\w+ )?(?:is |gets )?deleted\b|삭제(?:되|하)(?:면|ㄹ ?때)|지우면/,
		'delet|remov|gone|dies|go away',
		'삭제|지우|지워',
	),
	...kept(
		'whenScaled',
		/\bwhen scaled\b|\bwhen (?:it |the set )?(?:is )?scaled(?: down)?\b|(?:줄이|축소하)면/,
		'scal|shrink|shrunk',
		'줄|축소|스케일',
	),
];
