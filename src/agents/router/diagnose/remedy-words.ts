import type {Noticed} from './symptom.ts';

/** What people call the remedies of a cause, and what they noticed where that is the cause. */
export type RemedyWords = {
	/** Ids of causes. */
	readonly causes: readonly string[];
	readonly symptom: Noticed;
	readonly words: RegExp;
	/** Deeds that are this remedy here and something else anywhere else. */
	readonly deeds?: RegExp;
};

const row = (causes: string, symptom: Noticed, words: RegExp, rest: Pick<RemedyWords, 'deeds'> = {}): RemedyWords => ({
	causes: causes.split(' '),
	symptom,
	words,
	...rest,
});

const back =
	/\b(?:roll\w*(?: \S+)? back|back|previous|prior|earlier|before|(?:last|that|which|it)(?: \S+)? (?:good|worked|working|ran)|known.good|old(?:er)?)\b|이전|직전|예전|되돌|롤백|원래|잘 ?(?:되|돌|뜨)던|되던/i;

export const remedyWords: readonly RemedyWords[] = [
	row(
		'crashes command-not-there image-wrong-architecture image-not-pulled image-name-invalid image-registry-unreachable',
		'restarting',
		back,
		{deeds: /\b(?:roll\w*|revert)\b|롤백|되돌/i},
	),
	row(
		'selector-fits-no-pod',
		'unreachable',
		/\bselect\w*|\blabels?\b|\b(?:right|proper|correct|actual|own) pods?\b|\bpoint(?:s|ing)? at\b|(?:맞는|제대로 된|올바른) 파드|\btypo\b|\bmis-?spel\w*|셀렉터|선택자|오타|라벨|레이블/i,
	),
	row('target-port-not-there ingress-port-not-there', 'unreachable', /\b(?:target ?)?ports?\b|포트/i),
	row('ingress-service-not-there', 'unreachable', /\bbackend\b|\bservice\b|\bingress\b|백엔드|서비스|인그레스/i),
	row(
		'probe-port-not-there probe-fails liveness-before-start liveness-kills',
		'not-ready',
		/\bprobes?\b|\breadiness\b|\bliveness\b|\bports?\b|프로브|레디니스|포트|헬스/i,
	),
	row('out-of-memory memory-leak-suspected', 'restarting', /\blimits?\b|\bmem(?:ory)?\b|\boom\w*|제한|리밋|한도|메모리/i),
	row('autoscaler-without-requests', 'not-scaling', /\brequests?\b|요청|리퀘스트/i),
	row(
		'no-node-chosen',
		'pending',
		/selectors?\b|\blabels?\b|\bconstraint\b|\brequirement\b|\bhardware\b|\bties\b|\btied\b|\bpins?\b|\bpinned\b|\bgpus?\b|\baccelerators?\b|셀렉터|선택자|라벨|조건|제약/i,
		{
			deeds: /\b(?:drop|remove|delete|take)\b|빼|없애|지우|지워|제거|삭제/i,
		},
	),
	row('nodes-closed', 'pending', /\bcordon\w*|\buncordon\w*|코든/i, {deeds: /\buncordon\w*|언코든|코든/i}),
	row('policy-keeps-out', 'unreachable', /\blabels?\b|\b(?:network ?)?polic(?:y|ies)\b|라벨|레이블|정책|폴리시/i),
	row('key-not-there', 'down', /\bkeys?\b|\bconfig ?maps?\b|\bspell\w*|\brenamed?\b|키(?=[가를는도 만]|$)|컨피그|설정|철자/i),
	row('reference-not-there', 'down', /\bname[ds]?\b|\brefer\w*|이름|참조/i),
	row(
		'right-missing',
		'refused',
		/\broles?\b|\bverbs?\b|\brights?\b|\bpermissions?\b|\bgrants?\b|\badd (?:the )?(?:get|list|watch|create|update|patch|delete)\b|롤|역할|권한|동사/i,
	),
	row('suspended paused no-replicas', 'down', /\bsuspend\w*|\bpaused?\b|\bresum\w*|\bswitched off\b|중지|정지|재개/i),
];
