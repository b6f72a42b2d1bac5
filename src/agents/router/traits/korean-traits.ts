import {numberOf} from '../words/number-words.ts';
import {type Bound, boundOf, type Way} from './comparison.ts';
import * as facts from './facts.ts';
import {not, type Trait, type TraitRead, unless} from './trait.ts';

type Groups = {readonly [name: string]: string | undefined};
type Row = {readonly said: RegExp; readonly trait: (groups: Groups) => Trait | undefined};

const row = (source: string, trait: Row['trait']): Row => ({said: new RegExp(`(?<![\\w가-힣=-])(?:${source})$`, 'i'), trait});

const number = String.raw`(?<value>\d+|한|두|세|네|다섯|여섯|하나|둘|셋|넷)\s?(?:개|대)`;
const way = '(?<way>이상|이하|미만|초과|보다\\s?(?:많은|큰|적은|작은|높은|낮은))';
const ways: readonly (readonly [RegExp, Way])[] = [
	[/이상/, 'least'],
	[/이하/, 'most'],
	[/초과|많|큰|높/, 'more'],
	[/미만|적|작|낮/, 'less'],
];
const set = '(?:으)?로\\s?(?:설정된|설정돼\\s?있는|설정되어\\s?있는|잡힌|돌고\\s?있는|떠\\s?있는|도는|돌아가는|뜬)';
const lacks =
	'(?<none>없는|없이\\s?도는|안\\s?(?:걸린|달린|붙은)|(?:걸리|달리|붙)지\\s?않은|설정(?:이|도)?\\s?(?:안\\s?된|되지\\s?않은|없는)|빠진|누락된)';
const has = '(?:있는|걸린|달린|붙은|가진|설정된|설정돼\\s?있는)';
const pair = String.raw`(?<key>[\w./-]+)=(?<value>[\w.-]+)`;
const label = '(?:라벨|레이블)';
const completely = '(?:(?<any>전혀|아예|하나도)\\s)?';

function within({value = '', way: said}: Groups, trait: (bound: Bound) => Trait): Trait | undefined {
	const size = numberOf(value) ?? boundOf({value})?.value;
	return size === undefined
		? undefined
		: trait({value: size, way: ways.find(([pattern]) => said !== undefined && pattern.test(said))?.[1] ?? 'same'});
}

const probes: readonly (readonly [RegExp, string])[] = [
	[/readiness|레디니스/i, 'readinessProbe'],
	[/liveness|라이브니스/i, 'livenessProbe'],
	[/startup|스타트업/i, 'startupProbe'],
];
const probeNames = (said = '') => {
	const named = probes.filter(([pattern]) => pattern.test(said)).map(([, name]) => name);
	return named.length > 0 ? named : probes.map(([, name]) => name);
};

function resourceTrait({name, field = '', none, any}: Groups): Trait {
	const place = /request|요청|리퀘스트/i.test(field) ? 'requests' : 'limits';
	if (any !== undefined && name === undefined) return not(facts.hasSomeResource([place]));
	const of = name === undefined || name === '리소스' ? {} : {name: /cpu|씨피유/i.test(name) ? ('cpu' as const) : ('memory' as const)};
	return unless(none !== undefined, facts.hasResource({field: place, ...of}));
}

/** What stands before a kind and tells which ones. */
const rows: readonly Row[] = [
	row(
		`(?:레플리카|파드|복제본|인스턴스)(?:\\s?수)?(?:가|이|는|를)?\\s?(?:지금\\s|현재\\s|딱\\s)*${number}(?:인|짜리|뿐인|밖에\\s?없는|있는|가진|${set}|\\s?${way}(?:인|으로\\s?설정된)?)`,
		groups => within(groups, facts.hasReplicas),
	),
	row(`${number}\\s?${way}(?:인)?`, groups => within(groups, facts.hasReplicas)),
	row(`${number}(?:짜리|${set})(?:\\s?(?:레플리카|파드))?`, groups => within(groups, facts.hasReplicas)),
	row(
		`(?:${label}(?:이|은)?\\s?)?${pair}(?:인|\\s?(?:${label}(?:이|가|을|를|도)?\\s?)?(?:인|${has}|${lacks}))`,
		({key = '', value = '', none}) => unless(none !== undefined, facts.hasLabel(key, value)),
	),
	row(`(?:(?<key>[\\w./-]+)\\s?${label}|${label}\\s?(?<key2>[\\w./-]+))(?:이|가|도)?\\s?(?:${has}|${lacks})`, ({key, key2 = '', none}) =>
		unless(none !== undefined, facts.hasLabelKey((key ?? key2).toLowerCase())),
	),
	row(
		`(?:(?<name>CPU|메모리|memory|씨피유|리소스)\\s?)?(?<field>limits?|리밋|제한|한도|requests?|리퀘스트|요청)(?:값|량)?(?:이|가|도|을)?\\s?${completely}(?:${has}|${lacks})`,
		resourceTrait,
	),
	row(
		`(?<name>CPU|메모리|memory|씨피유)\\s?(?<field>limits?|리밋|제한|한도|requests?|리퀘스트|요청)(?:값|량)?(?:이|가|은|는)?\\s?(?<value>\\d+(?:\\.\\d+)?(?:[KMGT]i?|m)?)\\s?(?:${way}(?:인)?|인)`,
		groups => {
			const {name = '', field = ''} = groups;
			const of = {
				field: /request|요청|리퀘스트/i.test(field) ? ('requests' as const) : ('limits' as const),
				name: /cpu|씨피유/i.test(name) ? ('cpu' as const) : ('memory' as const),
			};
			return within(groups, bound => facts.resourceWithin(of, bound));
		},
	),
	row(
		`(?<probe>(?:readiness|liveness|startup|레디니스|라이브니스|스타트업)?)\\s?(?:프로브|probe|헬스\\s?체크|체크)(?:가|이|도)?\\s?${completely}(?:${has}|${lacks})`,
		({probe, none}) => unless(none !== undefined, facts.hasProbe(probeNames(probe))),
	),
	row(`(?<guard>HPA|오토스케일러|PDB|버짓|중단\\s?예산)(?:가|이|도)?\\s?(?:${has}|${lacks})`, ({guard = '', none}) =>
		unless(none !== undefined, facts.isGuardedBy(/HPA|오토/i.test(guard) ? 'HorizontalPodAutoscaler' : 'PodDisruptionBudget')),
	),
	row(
		'(?:환경변수\\s)?(?<key>[A-Z][A-Z0-9_]+)(?:=(?<value>[\\w.-]+))?(?:이|가|을|를)?\\s?(?:환경변수(?:가|를)?\\s?)?(?:있는|설정된|가진|(?<none>없는))',
		({key = '', value, none}) => (key === key.toUpperCase() ? unless(none !== undefined, facts.hasVariable(key, value)) : undefined),
	),
	row(
		'(?:일시\\s?)?(?:중지|정지|중단|suspend)(?:되지\\s?않은|\\s?안\\s?된)|(?:아직\\s|지금\\s)?(?:돌고|동작하고|실행되고|켜져)\\s?있는|켜진|활성(?:화된)?',
		() => not(facts.isSuspended),
	),
	row(
		'(?:일시\\s?)?(?:중지|정지|중단|suspend)(?:된|되어\\s?있는|돼\\s?있는|\\s?상태인)|멈춰\\s?있는|멈춘|꺼져\\s?있는|꺼진',
		() => facts.isSuspended,
	),
	row('(?:cordon|코든)(?:이|을)?\\s?(?:(?<none>안\\s?된|되지\\s?않은)|된|돼\\s?있는|되어\\s?있는|걸린|걸려\\s?있는|상태인)', ({none}) =>
		unless(none !== undefined, facts.isCordoned),
	),
	row(
		'(?:크래시\\s?루프|CrashLoop(?:BackOff)?|크래시)(?:가|에)?\\s?(?:중인|상태인|도는|나는|난|빠진|걸린)|(?:계속|자꾸)\\s?죽는|죽고\\s?있는',
		() => facts.isCrashing,
	),
	row('(?:Pending|펜딩|대기)\\s?(?:상태(?:인|에\\s?있는)|중인|인)', () => facts.isPending),
	row('준비(?:가)?\\s?(?:안\\s?된|되지\\s?않은)|ready(?:가|이)?\\s?아닌|비정상(?:인|적인)?', () => not(facts.isReady)),
	row(
		'(?:이미지|버전|태그)?(?:가|이|를|을)?\\s?(?<image>v?\\d+(?:\\.\\d+)+[\\w.-]*|[\\w./-]+:[\\w.-]+)(?:인|(?:을|를|으로|로)?\\s?(?:쓰는|사용하는|돌리는|도는|돌고\\s?있는)|\\s?(?:버전|태그|이미지)(?:인|를\\s?쓰는))',
		({image = ''}) => facts.runsImage(facts.whole(image)),
	),
	row(
		'(?:컨피그맵\\s|시크릿\\s|클레임\\s)?(?<name>[a-z0-9]+(?:-[a-z0-9]+)+)(?:\\s?(?:컨피그맵|시크릿|클레임))?(?:을|를)?\\s?(?:쓰는|사용하는|사용\\s?중인|읽는|참조하는|마운트하는|마운트한)',
		({name = ''}) => facts.uses(name),
	),
	row('(?<type>NodePort|LoadBalancer|ClusterIP|ExternalName)(?:\\s?타입)?(?:인)?', ({type = ''}) => facts.isOfType(type)),
	row('(?:클래스가\\s)?(?<name>[\\w-]+)(?:\\s?(?:스토리지\\s?)?클래스(?:인|를\\s?쓰는)?)', ({name = ''}) => facts.isOfClass(name)),
	row(`(?:크기|용량)?(?:가|이)?\\s?(?<value>\\d+(?:\\.\\d+)?[KMGT]i?)\\s?(?:${way}(?:인)?|인|짜리)`, groups =>
		within(groups, facts.claimsWithin),
	),
];

/** The predicate with which a text ends: `레플리카가 4개인`, `라벨이 없는`. Undefined: it tells none. */
export function koreanTrait(text: string): TraitRead | undefined {
	for (const {said, trait} of rows) {
		const found = said.exec(text.trimEnd());
		const read = found === null ? undefined : trait(found.groups ?? {});
		if (found !== null && read !== undefined) return {length: found[0].length + text.length - text.trimEnd().length, trait: read};
	}
	return undefined;
}
