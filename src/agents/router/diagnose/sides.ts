import type {Cause, Remedy, Side} from '../../../analysis/diagnosis/cause.ts';
import type {Clause} from '../clause.ts';
import {type KindMention, kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import type {World} from '../world.ts';

/** On which side of a thing each kind stands. */
const sideOf: {readonly [kind: string]: Side} = {
	Service: 'service',
	Deployment: 'workload',
	StatefulSet: 'workload',
	DaemonSet: 'workload',
	CronJob: 'workload',
	Pod: 'workload',
	ConfigMap: 'settings',
	Secret: 'settings',
	Role: 'role',
	ClusterRole: 'role',
	RoleBinding: 'binding',
	NetworkPolicy: 'policy',
	Ingress: 'ingress',
	Node: 'node',
	StorageClass: 'storage',
	PersistentVolumeClaim: 'storage',
	PodDisruptionBudget: 'budget',
	HorizontalPodAutoscaler: 'autoscaler',
	ResourceQuota: 'quota',
};

/** Where a request wants a thing mended, and what it wants left alone. */
export type Sides = {readonly wanted: readonly Side[]; readonly left: readonly Side[]};

/** Words that stand for a side: a kind, or the name of an object that is said. */
type Spot = Pick<KindMention, 'first' | 'last'> & {readonly side: Side};

async function spotsIn(clause: Clause, world: World): Promise<readonly Spot[]> {
	const kinds = kindsIn(clause).flatMap(({kind, first, last}) => {
		const side = sideOf[kind];
		return side === undefined ? [] : [{first, last, side}];
	});
	// `the policy` is short for the only kind of policy that keeps anybody out.
	const policies = clause.words.flatMap(({text}, at) =>
		/^(?:polic(?:y|ies)|정책)$/.test(text) && !kinds.some(({first, last}) => at >= first && at <= last)
			? [{first: at, last: at, side: 'policy' as const}]
			: [],
	);
	const {mentions} = await mentionsIn(clause, world, ['ConfigMap', 'Secret', 'Deployment', 'StatefulSet', 'DaemonSet', 'NetworkPolicy']);
	const named = mentions.flatMap(({first, last, objects: [object]}) => {
		const side = sideOf[object?.kind ?? ''];
		return side === undefined ? [] : [{first, last, side}];
	});
	return [...kinds, ...policies, ...named];
}

const mending = /^(fix|repair|correct|mend|change|adjust|heal)$/;
const article = /^(the|its|their|that|a|an|my|our)$/;

/** `fix the service web` names what is sick; `fix the role.` says where. */
const isLast = (next: string) => next === '' || /^(and|so|then|for|instead|only|please)$/.test(next);

/** `on the service side`, `서비스 쪽`, `correct the role`, `add the key to the configmap`. */
function isWanted({words, text}: Clause, {first, last}: Spot): boolean {
	const next = words[last + 1]?.text ?? '';
	let before = first - 1;
	while (article.test(words[before]?.text ?? '') || /['’]s?$/.test(words[before]?.raw ?? '')) before -= 1;
	const own = words[before]?.text;
	if (/^(side|end|쪽|측)/.test(next) || /쪽|측/.test(words[last]?.raw ?? '')) return true;
	if (mending.test(own ?? '') && (isLast(next) || words[last]?.stop !== undefined)) return true;
	const said = words
		.slice(first, last + 1)
		.map(({raw}) => raw)
		.join(' ')
		.replace(/(?:에|에다|에다가)$/, '');
	if (new RegExp(`${said.replaceAll('.', '\\.')}(?:에|에다|에다가)\\s[^.]*(?:추가|넣|더[하해]|보태|채워)`).test(text)) return true;
	return /^(to|in|into)$/.test(own ?? '') && words.slice(0, first).some(({text}) => /^(add|put|write|mend|fix|repair|change)$/.test(text));
}

const stays = /^(?:stays?|remains?)$/;
const mayNot = /^(?:(?:must|should|may|need)(?:n't)?|unchanged|untouched|alone)$/;
/** `stays pending` says how it is, `stays as it is` how it is to be. */
const asIs = /^(?:as|the|unchanged|untouched|that|where|in|alone)$/;

/** `do not relabel or restart the deployment` */
const banned = /\b(?:not|don't|never|without) (?:[a-z]+ (?:or|and|nor) )*[a-z]+(?: (?:the|its|that|any|our))?$/;
const banInKorean = /^(?:절대로?\s)?(?:그대로\s)?(?:바꾸|변경|수정|고치|건드리|손대|재시작)\S*\s?(?:하지\s)?(?:는\s)?(?:말|마)/;

/** `the configmap is right`, `the policy stays`, `leave the deployment as it is`, `컨피그맵은 맞으니`, `정책은 놔두고`: that side is left alone. */
function isLeft({words}: Clause, {first, last}: Spot): boolean {
	const rest = words.slice(last + 1, last + 5).map(({text}) => text);
	const before = words.slice(Math.max(0, first - 3), first).map(({text}) => text);
	if (
		/^(is|are|was|be|looks|stays|seems)$/.test(rest[0] ?? '') &&
		rest.some(text => /^(right|correct|fine|ok|okay|good|intended)$/.test(text))
	)
		return true;
	const behind = rest[0] === 'itself' ? rest.slice(1) : rest;
	const isEnd = words[last + 1]?.stop !== undefined || behind[1] === undefined;
	if (stays.test(behind[0] ?? '') && (isEnd || asIs.test(behind[1] ?? ''))) return true;
	if (mayNot.test(behind[0] ?? '') && behind.some(text => /^(?:not|unchanged|untouched|alone|stay|remain|\w+n't)$/.test(text))) return true;
	return (
		/^(맞(?!게|추|춰)|정상|괜찮|그대로|문제없|놔두|두고|두|놓|유지|건드리|손대)/.test(rest[0] ?? '') ||
		banInKorean.test(
			words
				.slice(last + 1, last + 5)
				.map(({raw}) => raw)
				.join(' '),
		) ||
		before.some(text => /^(leave|keep|leaving|keeping)$/.test(text)) ||
		banned.test(
			words
				.slice(Math.max(0, first - 8), first)
				.map(({text}) => text)
				.join(' '),
		)
	);
}

/** `The old key stays, and so does the deployment.` */
const soDoes = /\b(?:stays?|remains?)\b[^.;]*\bso (?:does|do|should) (?:the |its )?([\w-]+)/i;

/** What a repair is to leave alone: `do not relabel or restart the deployment`, `디플로이먼트는 바꾸지 마세요`. */
const bans =
	/(?:,|;)?\s*(?:\b(?:and|but)\s+)?(?:please\s+)?\b(?:do not|don't|never|without)\s+(?:[a-z]+(?:,| or| and|, or)\s+)*[a-z]+\s+(?:the|its|any|that)\s+[\w-]+(?:\s+itself)?(?=\s*(?:[.,;!]|$))|[가-힣\w-]+(?:은|는)\s(?:절대로?\s)?(?:바꾸|변경하|수정하|고치|건드리|손대|재시작하)지\s?(?:는\s)?(?:말|마)[가-힣]*/gi;

/** A request without what its repair is to leave alone, which `sidesIn` tells. */
export const withoutBans = (clause: Clause): Clause => {
	const text = clause.text.replace(bans, ' ').trim();
	return text === clause.text ? clause : clauseOf(text);
};

export async function sidesIn(clause: Clause, world: World): Promise<Sides> {
	const spots = await spotsIn(clause, world);
	const also = soDoes.exec(clause.text)?.[1]?.toLowerCase();
	const left = spots.filter(spot => isLeft(clause, spot) || (also !== undefined && clause.words[spot.first]?.text === also));
	const wanted = spots.filter(spot => !left.includes(spot) && isWanted(clause, spot));
	return {wanted: wanted.map(({side}) => side), left: left.map(({side}) => side)};
}

/** Whether a request says a remedy word by word, as a choice that was offered does. */
export const isQuoted = ({text}: Clause, remedy: Remedy | undefined) =>
	remedy !== undefined && (text.includes(remedy.text.en) || text.includes(remedy.text.ko));

/** The remedies of a cause that the clause leaves open. */
export function openRemedies(cause: Cause, clause: Clause, {wanted, left}: Sides): readonly Remedy[] {
	// What is several writes in an order is no call of one tool.
	const remedies = cause.remedies.filter(({writes}) => writes === undefined);
	const quoted = remedies.filter(remedy => isQuoted(clause, remedy));
	if (quoted.length > 0) return quoted;
	const open = remedies.filter(({side}) => !left.includes(side));
	const sided = open.filter(({side}) => wanted.includes(side));
	const chosen = sided.length > 0 ? sided : open;
	const sure = chosen.filter(each => each.sure);
	return sure.length > 0 ? sure : chosen;
}
