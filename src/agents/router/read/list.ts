import type {JsonObject} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {exactPod} from '../names/exact-pod.ts';
import {kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {columnsAsked, columnsText} from './columns/asked-columns.ts';
import type {Column} from './columns/column.ts';
import {factsOf} from './object-facts.ts';
import {answer, bullet, inLanguage, type Language} from './say.ts';
import {kindsAsked, nameIn, podRunners, type Selection, selectionOf, selectionText} from './selection.ts';

/** `Which deployments live in delivery?`, `nodes that are cordoned`, `pods of kafka`. */
export const list: Intent = {
	name: 'list',
	async understand(asked, world, talk) {
		if (!asksToRead(asked)) return undefined;
		const clause = spokenOf(asked, talk);
		const scope = await scopeIn(clause, world);
		const said = kindsAsked(clause, scope);
		const kinds =
			said.length > 0 || (scope.namespaces === undefined && !spoken(clause, 'label labelled labeled 라벨 레이블'))
				? said
				: allAsked(clause);
		if (kinds.length === 0) return undefined;
		if (kinds.includes('Pod') && (await exactPod(clause, world)) !== undefined) return undefined;
		const owned = kinds.includes('Pod') ? await podsOf(clause, world) : undefined;
		if (owned !== undefined) return owned;
		const selection = await selectionOf(clause, world, kinds, scope, talk.nowMs);
		const columns = columnsAsked(clause, kinds, selection.objects, talk.nowMs);
		if (selection.filters.length === 0 && (await isOfOne(clause, world, kinds))) return undefined;
		return (columns.length > 0 ? undefined : plainList(selection, clause)) ?? listed(selection, clause, columns);
	},
};

const inNamespaces = [...podRunners, 'Service', 'Ingress', 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler'];

/** `what is running in shop`, `everything in shop`: no kind is said, and all are meant. */
function allAsked({text}: Clause): readonly string[] {
	if (
		/\b(?:everything|anything|whatever|all (?:objects|resources)|what(?:'s| is)(?: all)? in)\b|전부|라벨\S* (?:달린|붙은|있는|가진) (?:것|거|리소스)|모든 (?:것|리소스|오브젝트)|뭐가 있|(?:안|속)에 (?:뭐|무엇|있는|남)|남아 ?있는 (?:것|게|거)/i.test(
			text,
		)
	)
		return inNamespaces;
	return /\bwhat(?:'s| is| are| do we have)?\b.*\b(?:running|deployed|runs?)\b|뭐가 (?:돌|떠|실행|배포)|(?:배포된|돌아가는|돌고 있는|떠 있는|실행 중인) (?:것|거|게|애|앱)/i.test(
		text,
	)
		? podRunners
		: [];
}

/** `… and what are their names?`: of what the question before it was about. */
function spokenOf(clause: Clause, {clauses, index}: Talk): Clause {
	const before = clauses[index - 1];
	const asksNames = spoken(clause, 'name which they called 이름') && kindsIn(clause).length === 0 && clause.words.length <= 6;
	return asksNames && before !== undefined ? before : clause;
}

/** `show deployment web`: one object, and no list. */
async function isOfOne(clause: Clause, world: World, kinds: readonly string[]): Promise<boolean> {
	if (kindsIn(clause).some(({plural}) => plural) && clause.language === 'en') return false;
	return (await theOne(clause, world, kinds)).found !== 'none';
}

/** Pods that belong to a workload that is named. */
async function podsOf(clause: Clause, world: World): Promise<Understanding | undefined> {
	const found = await theOne(clause, world, workloadKinds);
	if (found.found === 'several') return found.question;
	if (found.found === 'none') return undefined;
	const {metadata, spec} = found.object;
	const labelSelector = Object.entries(objectAt(spec, 'selector', 'matchLabels'))
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	if (labelSelector === '') return undefined;
	return {
		kind: 'calls',
		said: inLanguage(clause.language, `Pods of ${metadata.namespace}/${metadata.name}`, `${metadata.namespace}/${metadata.name}의 파드`),
		calls: [{tool: 'resource_list', input: {kind: 'pods', namespace: metadata.namespace ?? world.namespace, labelSelector}}],
	};
}

/** What the server can be asked for in one call: one kind, one namespace or all of them, labels. */
function plainList(selection: Selection, clause: Clause): Understanding | undefined {
	const {kinds, scope, labels, filters} = selection;
	const [kind] = kinds;
	const many = (scope.namespaces?.length ?? 0) > 1 || scope.excluded.length > 0;
	if (kind === undefined || kinds.length > 1 || filters.length > 0 || many || scope.unknown !== undefined) return undefined;
	const [namespace] = scope.namespaces ?? [];
	const input: JsonObject = {
		kind,
		...(namespace === undefined ? {allNamespaces: true} : {namespace}),
		...(labels.length === 0 ? {} : {labelSelector: labels.join(',')}),
	};
	return {kind: 'calls', said: saidOf(selection, clause), calls: [{tool: 'resource_list', input}]};
}

const saidOf = (selection: Selection, {language}: Clause) =>
	inLanguage(language, `List ${selectionText(selection, language)}`, `${selectionText(selection, language)} 목록`);

/** What is asked of an object, behind what is always told of its kind. */
const toldOf = (object: KubeObject, columns: readonly Column[], language: Language) =>
	[factsOf(object), columnsText(columns, object, language)].filter(Boolean).join('; ');

function listed(selection: Selection, clause: Clause, columns: readonly Column[]): Understanding {
	const {objects, scope, kinds} = selection;
	const {language} = clause;
	const text = selectionText(selection, language);
	if (scope.unknown !== undefined)
		return answer(
			saidOf(selection, clause),
			inLanguage(language, `There is no namespace ${scope.unknown}.`, `네임스페이스 ${scope.unknown}가 없습니다.`),
			[],
			language,
		);
	const head =
		objects.length === 0
			? inLanguage(language, `There are no ${text}.`, `${text}: 없습니다.`)
			: inLanguage(language, `${objects.length} ${text}:`, `${text} ${objects.length}개:`);
	const kindOf = ({kind}: KubeObject) => (kinds.length > 1 ? `${kind} ` : '');
	return answer(
		saidOf(selection, clause),
		head,
		objects.map(object => bullet(`${kindOf(object)}${nameIn(selection, object)}`, toldOf(object, columns, language))),
		language,
	);
}
