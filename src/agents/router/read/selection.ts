import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindName} from '../names/kind-words.ts';
import {type KindMention, kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {isInScope, type Scope} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import {spoken, whereSpoken} from '../words/spoken.ts';
import {pairsIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {columnsOf} from './columns/asked-columns.ts';
import {chosenBy} from './columns/chosen.ts';
import {endpointFilter} from './endpoint-filter.ts';
import type {StateFilter} from './lack-filters.ts';
import {pointersTo} from './pointers-to.ts';
import type {Language} from './say.ts';
import {stateFilters} from './state-filters.ts';

/** The objects that a clause speaks of as a set: kinds, where, with which labels and in which state. */
export type Selection = {
	readonly kinds: readonly string[];
	readonly scope: Scope;
	/** Label selectors of the form `key=value`, or a key alone. */
	readonly labels: readonly string[];
	readonly filters: readonly StateFilter[];
	readonly objects: readonly KubeObject[];
};

/** What runs for ever, and what runs at times. */
export const podRunners = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'] as const;

const everyWorkload = 'workload app application container 컨테이너 워크로드 앱 애플리케이션 서비스들 곳 데 어디';

/** Kinds that are said as what is asked for: not `in namespace x`, nor a class or a claim that only tells which. */
export function kindsAsked(clause: Clause, scope: Scope): readonly string[] {
	const isOfScope = ({kind, first, last}: KindMention) => kind === 'Namespace' && (scope.at.has(first - 1) || scope.at.has(last + 1));
	const said = kindsIn(clause).filter(mention => mention.name === undefined && !isOfScope(mention));
	const outside = said.filter(mention => !isInside(mention, said, clause));
	const others = outside.filter(({kind}) => kind !== 'Namespace' || outside.length === 1);
	const kinds = [...new Set(others.filter(mention => !isColumnOf(mention, others, clause)).map(({kind}) => kind))];
	const isOfWorkloads = spoken(clause, 'workload app application 워크로드 앱 애플리케이션') && kinds.every(kind => describing.has(kind));
	if (kinds.length > 0 && !isOfWorkloads) return kinds;
	if (!spoken(clause, everyWorkload)) return [];
	return lacksSizes.test(clause.text) ? podRunners : workloadKinds;
}

/** A job without a limit is one as well. */
const lacksSizes =
	/\b(?:no|without|lack\w*|missing|unset|n't|not)\b[^.;]*\b(?:limits?|requests?)\b|(?:제한|한도|리밋|요청)[^.]*(?:없|안 )/i;

/** Kinds that say how a workload is, where workloads are spoken of. */
const describing = new Set([
	'PriorityClass',
	'StorageClass',
	'ServiceAccount',
	'Node',
	'Namespace',
	'ConfigMap',
	'Secret',
	'PersistentVolumeClaim',
]);

/** `storage classes that allow growing a volume`: one of a kind, in what is said of those that are asked for. */
function isInside({kind, first, plural}: KindMention, said: readonly KindMention[], {words}: Clause): boolean {
	const asked = said.find(each => each.plural);
	const behind =
		asked === undefined ? undefined : words.slice(asked.last + 1, first).some(({text}) => /^(?:that|which|whose|where|who)$/.test(text));
	return (
		!plural &&
		asked !== undefined &&
		asked.kind !== kind &&
		behind === true &&
		/^(?:an?|the|its?|their)$/.test(words[first - 1]?.text ?? '')
	);
}

/** `pods with their nodes`, `the service account of each cron job`: what is told of another kind that is said. A list asks for all of its kinds. */
function isColumnOf({kind, first}: KindMention, said: readonly KindMention[], {words}: Clause): boolean {
	const others = said.filter(each => each.kind !== kind).map(each => each.kind);
	if (!columnsOf(others).some(({refers}) => refers === kind)) return false;
	const before = words[first - 1];
	const isListed = before?.stop === ',' || /^(?:and|or|와|과|랑|및|그리고)$/.test(before?.text ?? '');
	return !isListed || /^(?:their|its)$/.test(before?.text ?? '');
}

/** `labelled team=risk`, `team=risk인`, `with label app`, `label team is risk`. */
function labelsIn(clause: Clause): readonly string[] {
	const pairs = pairsIn(clause).map(({key, value}) => `${key}=${value}`);
	if (pairs.length > 0) return pairs;
	const at = whereSpoken(clause, 'label labelled labeled 라벨 레이블');
	if (at === -1) return [];
	const [key, value] = clause.words.slice(at + 1).filter(({text}) => !/^(with|the|key|is|=|as|a|of|equals|equal|to)$/.test(text));
	if (key === undefined || !/^[a-z0-9][\w./-]*$/i.test(key.raw)) return [];
	return value !== undefined && /^[a-z0-9][\w.-]*$/i.test(value.raw) && spoken(clause, 'is equal = as')
		? [`${key.raw}=${value.raw}`]
		: [key.raw];
}

const hasLabel = ({metadata}: KubeObject, label: string) => {
	const [key = '', value] = label.split('=');
	const found = metadata.labels?.[key];
	return found !== undefined && (value === undefined || found === value);
};

/** `on node worker-1`, `worker-1에서 도는 파드` */
async function nodeFilter(clause: Clause, kinds: readonly string[], world: World): Promise<readonly StateFilter[]> {
	if (!kinds.includes('Pod')) return [];
	const nodes = (await world.objects('Node')).map(({metadata}) => metadata.name);
	const named = clause.words.map(({text}) => text).find(text => nodes.includes(text));
	const onNode = ({spec}: KubeObject) => (spec as {readonly nodeName?: unknown} | undefined)?.nodeName;
	return named === undefined ? [] : [{en: `on node ${named}`, ko: `노드 ${named}에 있는`, test: pod => onNode(pod) === named}];
}

/** `role bindings that mention ci`, `bindings for dana@example.com`: those that give a right to somebody. */
function subjectFilter({words, text}: Clause, kinds: readonly string[], objects: readonly KubeObject[]): readonly StateFilter[] {
	if (!kinds.every(kind => /Binding$/.test(kind)) || !bindsTo.test(text)) return [];
	const subjects = (object: KubeObject) => listAt(object, 'subjects').flatMap(each => textAt(each, 'name') ?? []);
	const isCalled = (name: string, word: string) => name.toLowerCase() === word || name.toLowerCase().split('@')[0] === word;
	const all = objects.flatMap(subjects);
	const said = words.map(word => word.text).filter(word => all.some(name => isCalled(name, word)));
	return said.length === 0
		? []
		: [
				{
					en: `for ${said.join(' or ')}`,
					ko: `${said.join(' 또는 ')}에게 주는`,
					test: object => subjects(object).some(name => said.some(word => isCalled(name, word))),
				},
			];
}

const bindsTo =
	/\b(?:mention|bind(?!ings?\b)|name|refer|grant|give|list|include|contain|concern|point|for|to|of|with|is|appear|belong)\w*\b|에게|한테|들어|포함|연결|묶|가리키|걸린|준|주는|관련/i;

/** Kinds that a workload uses, and is said to own: `kafka's claims`, `the volumes of web`. */
const belonging = new Set(['PersistentVolumeClaim', 'ConfigMap', 'Secret']);

async function ownerOf(clause: Clause, world: World, kinds: readonly string[]): Promise<KubeObject | undefined> {
	if (kinds.length !== 1 || !kinds.every(kind => belonging.has(kind))) return undefined;
	const found = foundThing(await theOne(ofOthers(clause, kinds), world, workloadKinds), workloadKinds);
	return found.found === 'one' ? found.object : undefined;
}

/** The kinds that are asked for say nothing of what else is named. */
export const ofOthers = (clause: Clause, kinds: readonly string[]): Clause => {
	const mentions = kindsIn(clause).filter(({kind}) => kinds.includes(kind));
	return {...clause, words: clause.words.filter((_, at) => !mentions.some(({first, last}) => at >= first && at <= last))};
};

/** Without the words that say where, and the pairs that are labels already: `data` is a namespace and the value of a label. */
const unnamed = (clause: Clause, scope: Scope, labels: readonly string[]): Clause => ({
	...clause,
	words: clause.words.filter(({raw}, at) => !scope.at.has(at) && !labels.includes(raw)),
});

/** Reads the kinds and keeps what the clause narrows them to. */
export async function selectionOf(clause: Clause, world: World, kinds: readonly string[], scope: Scope, nowMs: number): Promise<Selection> {
	const labels = labelsIn(clause);
	const lists = await Promise.all(kinds.map(kind => world.objects(kind)));
	const all = lists
		.flat()
		.filter(object => isInScope(scope, object.kind === 'Namespace' ? object.metadata.name : object.metadata.namespace))
		// A Job that a CronJob made is told by that.
		.filter(({kind, metadata}) => !(kind === 'Job' && kinds.includes('CronJob') && (metadata.ownerReferences ?? []).length > 0));
	const owner = await ownerOf(clause, world, kinds);
	const inside = owner === undefined ? all : all.filter(object => pointersTo(object, [owner]).length > 0);
	const filters = [
		...stateFilters(clause, kinds),
		...chosenBy({clause: unnamed(clause, scope, labels), kinds, objects: inside, nowMs}),
		...(await nodeFilter(clause, kinds, world)),
		...(await endpointFilter(clause, kinds, world)),
		...subjectFilter(clause, kinds, inside),
	];
	const objects = inside.filter(object => labels.every(label => hasLabel(object, label)) && filters.every(({test}) => test(object)));
	return {kinds, scope, labels, filters, objects};
}

/** `Deployments in staging with label team=risk that are not ready`, `staging의 디플로이먼트` */
export function selectionText({kinds, scope, labels, filters, objects}: Selection, language: Language): string {
	const isMany = kinds.length > 2;
	const what = isMany && kinds.every(kind => podRunners.some(each => each === kind));
	const where = scope.namespaces?.join(', ');
	if (language === 'ko') {
		const kind = what ? '워크로드' : isMany ? '오브젝트' : kinds.map(each => kindName(each, 'ko')).join(', ');
		return [where === undefined ? '' : `${where}의`, ...labels.map(label => `라벨 ${label}`), ...filters.map(({ko}) => ko), kind]
			.filter(Boolean)
			.join(' ');
	}
	const isOne = objects.length === 1;
	const noun = what ? 'workload' : isMany ? 'object' : undefined;
	const kind = noun !== undefined ? (isOne ? noun : `${noun}s`) : kinds.map(each => (isOne ? each : plural(each))).join(' and ');
	return [
		kind,
		...(labels.length === 0 ? [] : [`labelled ${labels.join(', ')}`]),
		filters.map(({en}) => en).join(' and '),
		where === undefined ? '' : `in ${where}`,
	]
		.filter(Boolean)
		.join(' ');
}

const plural = (kind: string) => (/(s|x|ch)$/.test(kind) ? `${kind}es` : /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`);

/** `ns/name`, or the name alone where all that is shown is of one namespace or none. */
export function nameIn({scope}: Pick<Selection, 'scope'>, {metadata}: KubeObject): string {
	const isOne = scope.namespaces?.length === 1;
	return metadata.namespace === undefined || isOne ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}
