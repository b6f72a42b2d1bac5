import {plainAt, type Wish} from './wish.ts';

export type Mentioned =
	| 'NetworkPolicy'
	| 'RoleBinding'
	| 'Role'
	| 'HorizontalPodAutoscaler'
	| 'PodDisruptionBudget'
	| 'Ingress'
	| 'LimitRange'
	| 'ResourceQuota'
	| 'CronJob'
	| 'Job'
	| 'StatefulSet'
	| 'DaemonSet'
	| 'Deployment'
	| 'PersistentVolumeClaim'
	| 'ServiceAccount'
	| 'Service'
	| 'ConfigMap'
	| 'Secret'
	| 'Pod'
	| 'Namespace';

/** A kind that is spoken of. `first` and `last` are indices into the words. */
export type Mention = {readonly kind: Mentioned; readonly first: number; readonly last: number};

/** Longest first: a cron job is no job, and a service account no service. Each pattern begins at a word. */
const kinds: readonly (readonly [Mentioned, RegExp])[] = [
	[
		'NetworkPolicy',
		/^(?:network ?polic(?:y|ies)|netpols?|egress polic(?:y|ies)|ingress polic(?:y|ies)|firewall rules?|polic(?:y|ies))(?= |$)|^(?:네트워크 ?)?(?:폴리시|정책)/,
	],
	['RoleBinding', /^(?:cluster[ -]?)?role[ -]?bindings?(?= |$)|^(?:cluster-wide )?bindings?(?= |$)|^(?:클러스터 ?)?(?:롤|역할)?바인딩/],
	['Role', /^(?:cluster[ -]?)?roles?(?= |$)|^(?:클러스터 ?)?(?:롤(?!백|아웃|링)|역할)/],
	[
		'HorizontalPodAutoscaler',
		/^(?:horizontal (?:pod )?(?:auto)?scal(?:ers?|ing)|horizontal ?pod ?autoscalers?|hpas?|auto-?scal(?:er|ers|ing|e|ed|es))(?= |$)|^(?:오토 ?스케일|자동 ?(?:확장|스케일|조절)|수평 ?확장)/,
	],
	[
		'PodDisruptionBudget',
		/^(?:pod[ -]?disruption[ -]?budgets?|disruption budgets?|pdbs?|budgets?)(?= |$)|^(?:파드 ?)?(?:중단|디스럽션) ?(?:예산|버짓)|^(?:버짓|버젯)/,
	],
	['LimitRange', /^limit[ -]?ranges?(?= |$)|^(?:리밋|리미트) ?(?:레인지|범위)/],
	['ResourceQuota', /^(?:resource[ -]?)?quotas?(?= |$)|^(?:리소스 ?)?(?:쿼터|할당량)/],
	['CronJob', /^(?:cron[ -]?jobs?|crons?|cj|scheduled job)(?= |$)|^(?:크론 ?잡|예약 ?작업|크론(?= |$|[을를은는이가의에으]))/],
	['StatefulSet', /^(?:stateful[ -]?sets?|sts)(?= |$)|^스테이트풀 ?셋/],
	['DaemonSet', /^(?:daemon[ -]?sets?|ds)(?= |$)|^데몬 ?셋/],
	['Deployment', /^deployments?(?= |$)|^디플로이(?:먼트)?/],
	[
		'PersistentVolumeClaim',
		/^(?:persistent ?volume ?claims?|volume claims?|storage claims?|pvcs?|claims?)(?= |$)|^(?:퍼시스턴트 ?)?(?:볼륨|스토리지) ?(?:클레임|요청)|^클레임/,
	],
	['ServiceAccount', /^(?:service[ -]?accounts?|sa)(?! tokens?)(?= |$)|^서비스 ?(?:어카운트|계정)(?! ?토큰)/],
	['Ingress', /^ingress(?:es)?(?! (?:traffic|from|only|and egress|on its|on port|connections?|by default))(?= |$)|^인그레스/],
	[
		'Service',
		/^(?:services?|svcs?|load[ -]?balancer(?! (?:services?|svcs?|type))|node ?port(?= [a-z][a-z0-9]*(?:-[a-z0-9]+)+(?: |$)))(?= |$)|^서비스|^로드 ?밸런서(?![가-힣]* ?(?:타입|유형|형|서비스))/,
	],
	['ConfigMap', /^(?:config[ -]?maps?|cm)(?= |$)|^(?:컨피그|설정) ?맵/],
	['Secret', /^secrets?(?= |$)|^시크릿/],
	['Job', /^jobs?(?= |$)|^(?:잡|배치 ?작업)(?=$| |[을를은는이가의에로으도만])/],
	['Pod', /^pods?(?![ -]security)(?= |$)|^(?:파드|포드)(?! ?(?:보안|시큐리티))/],
	['Namespace', /^(?:namespaces?|ns)(?= |$)|^네임 ?스페이스/],
];

/** The words from one on, as far as no punctuation parts them. */
function phraseAt(wish: Wish, at: number): string {
	const words: string[] = [];
	for (let index = at; index < Math.min(at + 4, wish.words.length); index += 1) {
		words.push(plainAt(wish, index));
		if (wish.words[index]?.stop !== undefined) break;
	}
	return words.join(' ');
}

/** The kinds that a wish speaks of, in order. */
export function mentionsIn(wish: Wish): readonly Mention[] {
	const found: Mention[] = [];
	for (let at = 0; at < wish.words.length; at += 1) {
		const phrase = phraseAt(wish, at);
		const hit = kinds.map(([kind, pattern]) => ({kind, text: pattern.exec(phrase)?.[0]})).find(({text}) => text !== undefined);
		if (hit?.text === undefined || plainAt(wish, at) === '') continue;
		const last = at + hit.text.split(' ').length - 1;
		found.push({kind: hit.kind, first: at, last});
		at = last;
	}
	return found;
}
