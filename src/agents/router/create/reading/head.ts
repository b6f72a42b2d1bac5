import {evictionRule} from '../../words/eviction-rule.ts';
import {isAddress} from '../../words/values.ts';
import {withoutCommands} from './batch-words.ts';
import {scalesItself} from './creation.ts';
import {imageIn} from './image.ts';
import {hostsIn} from './ingress-words.ts';
import {type Mention, type Mentioned, mentionsIn} from './mentions.ts';
import {indexOfWord} from './naming.ts';
import {isPlaceMention} from './place-mention.ts';
import {deniesAll} from './policy-words.ts';
import {scheduleIn} from './schedule.ts';
import {plainAt, says, type Wish} from './wish.ts';

/** What a wish wants to be made. `mention`: the words that name the kind, where they do. */
export type Head = {readonly kind: Mentioned; readonly mention: Mention | undefined; readonly name?: number};

const passes =
	/\b(?:allow|permit|deny|block|accept)(?:s|ed|ing)? (?:all |only |any |incoming |the |no )*(?:ingress|egress)\b|\b(?:may|can|should|must) (?:only )?(?:open|make|initiate) (?:new |any )?connections?\b|\b(?:ingress|egress) only\b|\bonly\b.{0,50}\bget (?:in )?to\b|\b(?:accept|take|receive|admit)(?:s|ing)? (?:connections|traffic|requests)|\bbe (?:reached|reachable|accessed|accessible|contacted|callable|called|queried|open)\b|\banswers? only to\b|\b(?:may|can|should|must|shall) (?:only |never |not )?(?:send|call|talk|connect) (?:only |anything |out |to )|\b(?:must|may|should|can) (?:never|not) (?:reach|access|be entered)\b|\b(?:only|just|solely|nobody but|no one but)\b.{0,60}\b(?:reach|talk to|connect to|access)\b|\b(?:only|just|solely|nobody but|no one but)\b.{0,60}\b(?:may|can|could|should|must|shall|(?:is|are) allowed to) (?:connect|talk|speak|get in|come in|call in|enter)\b|\bso that (?:only|just)\b.{0,60}\bget in\b|\b(?:reach|talk to|connect to|access)\b.{0,60}\bonly\b|\b(?:allow|let|permit)\b.{0,60}\b(?:reach|talk to|connect to|access|call)\b|(?:트래픽|접근|접속|통신|연결|들어오|나가|egress|ingress ).{0,40}(?:만 ?허용|만 ?가능|차단|막)|에서만 ?(?:접근|접속|연결|들어|받)|(?:못|안) ?(?:붙|들어오|나가|접근|접속)|에서만 ?\d+\S* ?(?:로|으로)? ?(?:접근|접속|연결|들어|받)/i;
const rights =
	/\b(?:right|rights|permissions?|access|privileges?)\b|권한|볼 수 있게|할 수 있게|클러스터 ?(?:롤|역할)|\bcluster ?roles?\b|\blet\b|\ballow\b/i;
const runsNow =
	/\b(?:once|now|right away|immediately|manual(?:ly)?|by hand|on demand|ad-?hoc|one-?off|trigger|kick off)\b|지금|수동|한 ?번|즉시|바로 ?실행|당장/i;
const caps = /^(?:please )?(?:cap|limit|restrict|constrain)\b/i;

/** `reserve 5Gi of fast storage as …` */
const reserves =
	/\b(?:reserve|allocate|provision|set aside|need|want|get)\b.{0,24}\b\d+(?:\.\d+)? ?[GMT]i?B?\b.{0,24}\b(?:storage|disk|volume)\b|\d+(?:\.\d+)? ?(?:[GMT]i?B?|기가|테라)\S* ?(?:짜리 ?)?(?:\S+ ?)?(?:스토리지|디스크|저장 ?공간|볼륨)\S* ?(?:하나 ?)?(?:잡|확보|마련|할당|예약)/i;

const has = (mentions: readonly Mention[], ...kinds: readonly Mentioned[]) => mentions.find(({kind}) => kinds.includes(kind));

/** A policy of restarts, pulls or runs is none of the network. */
export const isOtherPolicy = (wish: Wish, {kind, first}: Mention) =>
	kind === 'NetworkPolicy' &&
	wish.words[first - 1]?.stop === undefined &&
	/^(?:restart|concurrency|pull|scale-?(?:up|down|in|out)|scaling|scale|update|retention|dns|management|disruption|grace|reclaim|eviction|preemption|traffic|재시작|동시성|동시|풀|업데이트|관리|보존|종료|회수)/.test(
		plainAt(wish, first - 1),
	);

/** A kind that only says what another thing is for: `for the search deployment`, `search 디플로이먼트에`. */
function isReference(wish: Wish, {first, last}: Mention): boolean {
	if (wish.language === 'ko') {
		const behind = wish.text.slice(indexOfWord(wish, last) + (wish.words[last]?.raw ?? '').replace(/[가-힣]+$/, '').length);
		const written = wish.words[last]?.raw ?? '';
		return (
			/(?:에|의|용|용으로|용의|앞|에서|에게|위한)$/.test(written) ||
			// Who is given something is there: `서비스어카운트 x에게`.
			/^ ?(?:앞에|앞단|앞쪽|위한|용 |["'`]?[a-z0-9][\w.:-]*["'`]?(?:에게|한테|께))/.test(
				behind.slice(/[가-힣]/.test(written) ? written.length : 0),
			)
		);
	}
	for (let at = first - 1; at >= Math.max(0, first - 4); at -= 1) {
		const word = plainAt(wish, at);
		if (wish.words[at]?.stop === ':') return false;
		if (/^(?:for|of|to|behind|from|selects?|selecting|by|mount|mounts|mounting)$/.test(word)) return true;
		if (/^(?:a|an|as|new|another|one|create|make|add)$/.test(word) || wish.words[at]?.stop !== undefined) return false;
	}
	return false;
}

/** Kinds that are made beside workloads: each of them is meant wherever it is spoken of. */
const strong: readonly Mentioned[] = ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'LimitRange', 'ResourceQuota'];
const workloads: readonly Mentioned[] = ['StatefulSet', 'DaemonSet', 'Deployment'];

function batchHead(wish: Wish, mentions: readonly Mention[], hasImage: boolean): Head | undefined {
	const [job, cron] = [has(mentions, 'Job'), has(mentions, 'CronJob')];
	const schedule = scheduleIn(withoutCommands(wish));
	if (cron !== undefined && !hasImage && (schedule === undefined || job !== undefined) && says(wish, runsNow))
		return {kind: 'Job', mention: job ?? cron};
	// `from cron job x, a job y`: a run of what is there.
	if (
		cron !== undefined &&
		job !== undefined &&
		!hasImage &&
		schedule === undefined &&
		says(wish, /\b(?:from|out of|of)\b.{0,20}\bcron|크론 ?잡(?:으로부터|에서|으로|의)/i)
	)
		return {kind: 'Job', mention: job};
	if (cron !== undefined) return {kind: 'CronJob', mention: cron};
	if (job !== undefined) return schedule === undefined ? {kind: 'Job', mention: job} : {kind: 'CronJob', mention: job};
	return says(wish, /\bcompletions?\b/i) ? {kind: 'Job', mention: undefined} : undefined;
}

const deploys =
	/\bdeploy\b|\brun\b|\b(?:stand|spin|set|bring|put|fire) up\b|\binstall\b|\bhost\b|\b(?:need|want|like) (?:an?\b|\S+ (?:up and )?running\b)|\blaunch\b|\bstart\b|\broll out\b|배포|띄[워우]|실행/i;

/** The workload that runs the image of a wish. */
function workHead(wish: Wish, mentions: readonly Mention[]): Head | undefined {
	const batch = batchHead(wish, mentions, true);
	if (batch !== undefined) return batch;
	const uncounted = mentions.filter(mention => !isCounted(wish, mention));
	const workload = has(mentions, ...workloads) ?? has(uncounted, 'Pod');
	if (workload !== undefined) return isReference(wish, workload) ? undefined : {kind: workload.kind, mention: workload};
	// `deploy x:1 to shop as web, service account baker`
	const others = mentions.filter(
		mention => !/^(?:Namespace|ServiceAccount|ConfigMap|Secret|PersistentVolumeClaim|Pod)$/.test(mention.kind),
	);
	return others.length === 0 && says(wish, deploys) && scheduleIn(withoutCommands(wish)) === undefined
		? {kind: 'Deployment', mention: undefined}
		: undefined;
}

/** What is to be made, by the kinds that are named and by what is said of them. Undefined where nothing says it. */
export function headOf(wish: Wish): Head | undefined {
	const mentions = mentionsIn(wish).filter(mention => !isOtherPolicy(wish, mention) && !isPlaceMention(wish, mention));
	const found = (mention: Mention | undefined): Head | undefined => (mention === undefined ? undefined : {kind: mention.kind, mention});
	const hasImage = imageIn(wish) !== undefined;
	// What runs an image is a workload, whatever else is told of it: `so that the network policy lets it through`.
	const work = hasImage ? workHead(wish, mentions) : undefined;
	if (work !== undefined) return work;
	const policy = has(mentions, 'NetworkPolicy');
	if (policy !== undefined) return found(policy);
	const account = has(mentions, 'Role', 'RoleBinding');
	if (account !== undefined) return {kind: 'Role', mention: account};
	if (says(wish, scalesItself)) return {kind: 'HorizontalPodAutoscaler', mention: has(mentions, 'HorizontalPodAutoscaler')};
	if (says(wish, evictionRule)) return {kind: 'PodDisruptionBudget', mention: has(mentions, 'PodDisruptionBudget')};
	const firm = has(mentions, ...strong);
	if (firm !== undefined) return found(firm);
	const someone =
		has(mentions, 'ServiceAccount') !== undefined ||
		wish.words.some(word => isAddress(word)) ||
		says(wish, /\b(?:user|group)\b|그룹|사용자|유저/i);
	if (someone && !hasImage && says(wish, rights)) return {kind: 'Role', mention: undefined};
	const traffic =
		deniesAll(wish.text) &&
		says(
			wish,
			/default[- ]deny|deny[- ](?:all|by[- ]default)|traffic|connections?|ingress|egress|coming|everything|anything|트래픽|통신|접속/i,
		);
	if ((traffic || says(wish, passes)) && !hasImage) return {kind: 'NetworkPolicy', mention: undefined};
	const ingress = has(mentions, 'Ingress');
	if (ingress !== undefined) return found(ingress);
	return batchHead(wish, mentions, hasImage) ?? plainHead(wish, mentions, hasImage);
}

const oneName = '[a-z0-9]+(?:-[a-z0-9]+)+';
/** `probe-a, probe-b 파드 두 개`: pods with names of their own. */
const listed = new RegExp(`${oneName}(?:(?:, ?| and |와 |과 |랑 |이랑 |하고 )${oneName})+ $`);
/** `two pods for data, probe-a and probe-b` */
const announcedNames = new RegExp(`^pods\\b[^,:.;]{0,30}[,:] ${oneName}(?:, ?(?:and )?| and )${oneName}(?=[,.;: ]|$)`);

/** `three pods`, `파드 두 개`: how many of what is made. */
export const isCounted = (wish: Wish, {kind, first, last}: Mention) =>
	kind === 'Pod' &&
	!(listed.test(wish.text.slice(0, indexOfWord(wish, first))) || announcedNames.test(wish.text.slice(indexOfWord(wish, last)))) &&
	wish.amounts.some(amount => amount.kind === 'number' && amount.value > 1 && (amount.last === first - 1 || amount.first === last + 1));

/** `a new service account x that uses the pull secret y` */
const isAccount = (mentions: readonly Mention[]) =>
	mentions[0]?.kind === 'ServiceAccount' &&
	mentions.every(({kind}) => kind === 'ServiceAccount' || kind === 'Secret' || kind === 'Pod' || kind === 'Namespace');

/** `publish shop.example.com to web`: a host of its own that leads to a Service. */
const isRoute = (wish: Wish) =>
	!says(wish, /\bexternal[ -]?name\b|익스터널|load ?balancer|로드 ?밸런서|\bimage\b/i) &&
	says(wish, /\b(?:publish|expose|route|reach|lead|serve|send|point|go|goes|open)\b|열어|연결|보내|노출|공개|접속/i) &&
	hostsIn(wish).some(({host}) => host.split('.').length > 2);

const isThere = (wish: Wish, {kind, first}: Mention) =>
	workloads.includes(kind) &&
	[first - 1, first - 2].some(
		at => /^(?:the|this|that|our|its|their)$/.test(plainAt(wish, at)) && (at === first - 1 || wish.words[at]?.stop === undefined),
	);

/** `set up web-in before the web pods with two ports`: what stands before pods at ports of its own. */
const isBefore = (wish: Wish) => says(wish, /\bin front of\b.*\bports?\b|(?:앞에|앞단에) .*포트/i);

function plainHead(wish: Wish, mentions: readonly Mention[], hasImage: boolean): Head | undefined {
	const account = isAccount(mentions) ? mentions[0] : undefined;
	if (!hasImage && account !== undefined && !isReference(wish, account)) return {kind: 'ServiceAccount', mention: account};
	const free = mentions.filter(mention => !isReference(wish, mention));
	// `give the daemonset a service`: the one that is there is given something.
	const rest = hasImage ? free : free.filter(mention => !isThere(wish, mention));
	const others = rest.length > 0 ? rest : free;
	const made = others.find(({kind}) => kind !== 'Namespace' && kind !== 'ServiceAccount' && kind !== 'Pod');
	if ((made === undefined || made.kind === 'Service') && isRoute(wish)) return {kind: 'Ingress', mention: undefined};
	if (made !== undefined) return {kind: made.kind, mention: made};
	if (says(wish, reserves)) return {kind: 'PersistentVolumeClaim', mention: undefined};
	if (caps.test(wish.text)) return {kind: 'ResourceQuota', mention: undefined};
	if (says(wish, /\bexpose\b|\bload ?balancer\b|로드 ?밸런서|노출|\bnode ?port\b|노드 ?포트|\bheadless\b|헤드리스/i) || isBefore(wish))
		return {kind: 'Service', mention: undefined};
	if (hasImage && scheduleIn(withoutCommands(wish)) !== undefined) return {kind: 'CronJob', mention: undefined};
	const last =
		has(
			others.filter(mention => !hasImage || !isCounted(wish, mention)),
			'Pod',
		) ??
		has(others, 'Namespace') ??
		has(others, 'ServiceAccount');
	if (last !== undefined && !(hasImage && last.kind === 'Namespace')) return {kind: last.kind, mention: last};
	if (hasImage && says(wish, deploys)) return {kind: 'Deployment', mention: undefined};
	return says(wish, runsNow) && says(wish, /\brun\b|\btrigger\b|\bkick\b|\bstart\b|\bexecute\b|실행|돌려/i)
		? {kind: 'Job', mention: undefined}
		: undefined;
}
