import type {RuleWish} from '../manifests/access.ts';
import {plainAt, type Wish} from './wish.ts';

const readVerbs = ['get', 'list', 'watch'];
const writeVerbs = ['create', 'update', 'patch', 'delete'];

const verbWords: readonly (readonly [RegExp, readonly string[]])[] = [
	[/^(?:get|list|watch|create|update|patch|delete|deletecollection|impersonate|bind|escalate|use)$/, []],
	[/^(?:read|reads|reading|view|viewing|see|read-only|readonly)$|^(?:조회|읽|열람|보기|볼)/, readVerbs],
	[/^(?:edit|edits|write|writes|modify|manage|manages|managing)$|^(?:편집|관리)/, [...readVerbs, ...writeVerbs]],
	[/^change$|^(?:수정|변경)/, ['update', 'patch']],
	[/^생성(?!해)/, ['create']],
	[/^삭제(?!해)/, ['delete']],
	[/^(?:everything|anything|\*)$|^모든$/, ['*']],
];

/** Resources by their group, with the words of people. Subresources are written with a slash. */
const resources: readonly (readonly [group: string, plural: string, RegExp])[] = [
	['', 'pods/log', /^(?:pods?\/logs?|logs?|로그)/],
	['', 'pods/exec', /^(?:pods?\/exec|exec)$/],
	['', 'pods/portforward', /^(?:pods?\/port-?forward|port-?forwards?)$/],
	['', 'pods/eviction', /^(?:pods?\/evictions?|evictions?)$/],
	['apps', 'deployments/scale', /^deployments?\/scale$/],
	['apps', 'statefulsets/scale', /^statefulsets?\/scale$/],
	['', 'pods', /^(?:pods?|파드|포드)/],
	['', 'services', /^(?:services?|svcs?|서비스)/],
	['', 'endpoints', /^(?:endpoints?|엔드포인트)/],
	['', 'configmaps', /^(?:config-?maps?|컨피그맵)/],
	['', 'secrets', /^(?:secrets?|시크릿)/],
	['', 'serviceaccounts', /^(?:serviceaccounts)$/],
	['', 'namespaces', /^namespaces$/],
	['', 'nodes', /^(?:nodes?|노드)/],
	['', 'events', /^(?:events?|이벤트)/],
	['', 'persistentvolumeclaims', /^(?:persistentvolumeclaims?|pvcs?|claims|볼륨클레임)/],
	['', 'persistentvolumes', /^(?:persistentvolumes?|pvs?)$/],
	['', 'resourcequotas', /^(?:resourcequotas?|quotas|쿼터)/],
	['', 'limitranges', /^limitranges?$/],
	['apps', 'deployments', /^(?:deployments?|디플로이먼트)/],
	['apps', 'statefulsets', /^(?:statefulsets?|스테이트풀셋)/],
	['apps', 'daemonsets', /^(?:daemonsets?|데몬셋)/],
	['apps', 'replicasets', /^(?:replicasets?|레플리카셋)/],
	['batch', 'cronjobs', /^(?:cron-?jobs?|크론잡)/],
	['batch', 'jobs', /^(?:jobs?|잡)(?=$|[을를은는이가과와])/],
	['networking.k8s.io', 'ingresses', /^(?:ingress(?:es)?|인그레스)/],
	['networking.k8s.io', 'networkpolicies', /^(?:networkpolicy|networkpolicies|네트워크폴리시)/],
	['autoscaling', 'horizontalpodautoscalers', /^(?:hpas?|horizontalpodautoscalers?|autoscalers?)$/],
	['policy', 'poddisruptionbudgets', /^(?:pdbs?|poddisruptionbudgets?)$/],
	['rbac.authorization.k8s.io', 'roles', /^roles$/],
	['rbac.authorization.k8s.io', 'rolebindings', /^rolebindings$/],
	['storage.k8s.io', 'storageclasses', /^storageclass(?:es)?$/],
];

type Token = {readonly at: number} & (
	| {readonly kind: 'verbs'; readonly verbs: readonly string[]; readonly isExact: boolean}
	| {readonly kind: 'resource'; readonly group: string; readonly plural: string; readonly name: string | undefined}
);

function verbsOf(word: string): readonly string[] | undefined {
	const parts = word.split('/').map(part => verbWords.find(([pattern]) => pattern.test(part)) ?? []);
	const verbs = parts.map(([, meant], index) =>
		meant === undefined ? undefined : meant.length === 0 ? [word.split('/')[index] ?? ''] : meant,
	);
	return verbs.every(each => each !== undefined) ? verbs.flat() : undefined;
}

/** Verbs that order something of mkcoa itself: `create a role`, `let it`, `bind it to`. */
const isOrder = (wish: Wish, at: number) =>
	/^(?:a|an|the|role|clusterrole|both|it|them|new|one|rolebinding|another)$/.test(plainAt(wish, at + 1)) ||
	at === 0 ||
	/^(?:please|you|to bind)$/.test(plainAt(wish, at - 1)) ||
	/(?:해|하)(?:줘|주|라|세|요)/.test(wish.words[at]?.raw ?? '');

function tokensIn(wish: Wish, skipped: (at: number) => boolean): readonly Token[] {
	return wish.words.flatMap((_, at): readonly Token[] => {
		if (skipped(at)) return [];
		const word = plainAt(wish, at);
		const verbs = word === '' || isOrder(wish, at) ? undefined : verbsOf(word);
		if (verbs !== undefined)
			return [{kind: 'verbs', verbs, at, isExact: /^[a-z/]+$/.test(word) && verbs.length === word.split('/').length}];
		// "pod logs" are the logs of pods, and "파드 로그" too.
		if (/^(?:pod|pods|파드)$/.test(word) && /^(?:logs?|로그)/.test(plainAt(wish, at + 1))) return [];
		if (/^(?:service)$/.test(word) && /^accounts?$/.test(plainAt(wish, at + 1))) return [];
		const found = resources.find(([, , pattern]) => pattern.test(word));
		return found === undefined ? [] : [{kind: 'resource', group: found[0], plural: found[1], at, name: namedAt(wish, at)}];
	});
}

/** `secrets named db`: one object alone. */
const namedAt = (wish: Wish, at: number) => (/^(?:named|called)$/.test(plainAt(wish, at + 1)) ? wish.words[at + 2]?.raw : undefined);

type Thing = {readonly group: string; readonly plural: string; readonly name: string | undefined};
type Run = {verbs: string[]; resources: Thing[]};

/** Verbs and resources in turns: each turn of the first sort belongs to the turn behind it. */
function runsOf(tokens: readonly Token[]): readonly Run[] {
	const first = tokens[0]?.kind;
	const runs: Run[] = [];
	let last: Token['kind'] | undefined;
	for (const token of tokens) {
		if (runs.length === 0 || (token.kind === first && last !== first)) runs.push({verbs: [], resources: []});
		const run = runs.at(-1);
		if (token.kind === 'verbs') run?.verbs.push(...token.verbs);
		else run?.resources.push({group: token.group, plural: token.plural, name: token.name});
		last = token.kind;
	}
	return runs;
}

/** Things of one group, all of a kind or one by its name, stand in one rule. */
const placeOf = ({group, name}: Thing) => `${group} ${name ?? ''}`;

const uniqueOf = <Value>(values: readonly Value[]) => [...new Set(values)];

/**
 * What may be done with what, from lists in either order: `get and list pods, and get pods/log`, `pods는 get/list, pods/log는 get`.
 * @param skipped words that are something else, such as the name of the role
 */
export function rulesIn(wish: Wish, skipped: (at: number) => boolean): readonly RuleWish[] {
	const tokens = tokensIn(wish, skipped);
	const runs = runsOf(whole(tokens));
	return runs
		.filter(({verbs, resources: things}) => verbs.length > 0 && things.length > 0)
		.flatMap(({verbs, resources: things}) =>
			uniqueOf(things.map(placeOf)).map(place => {
				const same = things.filter(thing => placeOf(thing) === place);
				return {
					groups: uniqueOf(same.map(({group}) => group)),
					resources: uniqueOf(same.map(({plural}) => plural)),
					verbs: verbs.includes('*') ? ['*'] : uniqueOf(verbs),
					names: uniqueOf(same.flatMap(({name}) => name ?? [])),
				};
			}),
		);
}

/**
 * A purpose before the list (`so that qa can see pod logs: pods get/list, …`) is left out where the list says it all: the list is the part with
 * verbs as Kubernetes has them.
 */
function whole(tokens: readonly Token[]): readonly Token[] {
	const isExact = (token: Token) => token.kind === 'verbs' && token.isExact;
	const first = tokens.findIndex(isExact);
	const vague = tokens.findIndex(token => token.kind === 'verbs' && !token.isExact);
	if (first < 0 || vague < 0 || vague > first) return tokens;
	return tokens.slice(vague + 1);
}
