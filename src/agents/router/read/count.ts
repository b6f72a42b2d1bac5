import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Clause} from '../clause.ts';
import {allNamed} from '../names/all-named.ts';
import {kindName} from '../names/kind-words.ts';
import {workloadKinds} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {measureIn, measureText, sizeOf, sizeText} from './measure.ts';
import {isRanked} from './ranked.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {kindsAsked, nameIn, podRunners, type Selection, selectionOf, selectionText} from './selection.ts';

const howMany =
	'how_many number_of count tally number figure total amount_of sum added_up add_up altogether 몇 몇개 개수 갯수 총 수 합계 합 총합';

/** Whether a number is asked for; `알 수 있을까요` asks for none. */
export const asksHowMany = (clause: Clause): boolean =>
	spoken({words: clause.words.filter(({text}, at) => !(text === '수' && /^(?:있|없)/.test(clause.words[at + 1]?.text ?? '')))}, howMany);

/** Whether sizes or counts are to be added. */
export const addsUp = ({text}: Clause): boolean =>
	/\b(?:together(?! with)|altogether|combined|sum(?:med)?|totals?|overall|in all(?=\s*(?:$|[,.;?!]))|(?:add|sum)(?:ed|s|med)?\b(?: \w+){0,2} up)\b|합(?:치|쳐|친|계|산|하면|한|은|이|을)|총합|도합|더하|더해|더한|총 /i.test(
		text,
	);

/** `how many pods do the deployments of shop want`: those that are wanted, not those that are there. */
const wantsPods = (clause: Clause, kinds: readonly string[]) =>
	kinds.some(kind => workloadKinds.some(each => each === kind)) ||
	/\b(?:want|would|should|desire|supposed)\w*\b|원하|설정/i.test(clause.text);

/** What is wanted does not depend on how it is: `if all were healthy, how many pods would run?` */
const withoutState = (clause: Clause): Clause => ({
	...clause,
	words: clause.words.filter(({text}) => !/^(?:healthy|ready|running|run|up|정상|준비)/.test(text)),
});

/** CPU, memory or storage of all of them together. */
async function addedUp(clause: Clause, world: World, nowMs: number): Promise<Understanding | undefined> {
	const scope = await scopeIn(clause, world);
	const asked = kindsAsked(clause, scope);
	const measure = measureIn(clause, asked);
	if (measure === undefined || measure.what === 'replicas' || !(addsUp(clause) || spoken(clause, 'how_much 얼마'))) return undefined;
	const isOfPods = measure.what !== 'storage';
	const runners = asked.filter(kind => podRunners.some(each => each === kind));
	if (isOfPods && !addsUp(clause) && runners.length === 0) return undefined;
	const selection = await selectionOf(
		clause,
		world,
		!isOfPods ? ['PersistentVolumeClaim'] : runners.length > 0 ? runners : workloadKinds,
		scope,
		nowMs,
	);
	const named = isOfPods ? await allNamed(clause, world, podRunners) : undefined;
	const objects = named?.found === 'some' ? named.objects : selection.objects;
	const sizes = objects.map(object => ({object, size: sizeOf(object, {...measure, each: false})}));
	const total = sizes.reduce((all, {size}) => all + size, 0);
	const {language} = clause;
	const text = selectionText({...selection, objects}, language);
	return answer(
		inLanguage(
			language,
			`${measureText({...measure, each: false}, language)} of ${text}, added up`,
			`${text}의 ${measureText({...measure, each: false}, language)} 합계`,
		),
		inLanguage(language, `${inUnit(clause, sizeText(total, measure, language))} in all:`, `모두 ${sizeText(total, measure, language)}:`),
		sizes.map(({object, size}) => bullet(nameIn(selection, object), sizeText(size, measure, language))),
		language,
	);
}

/** `in Gi, how much …`: the number by itself, in the unit that was asked for. */
const inUnit = ({text}: Clause, size: string) => (/\b[Ii]n [KMGT]i?B?\b/.test(text) ? size.replace(/(?<=\d)(?=[A-Z])/, ' ') : size);

/** `How many deployments are in staging?`, `total replicas over all deployments`, `replicas of web`. */
export const count: Intent = {
	name: 'count',
	async understand(clause, world, {nowMs}) {
		if (!asksToRead(clause) || isRanked(clause) || !(asksHowMany(clause) || spoken(clause, 'how_much') || addsUp(clause))) return undefined;
		const added = await addedUp(clause, world, nowMs);
		if (added !== undefined) return added;
		if (!asksHowMany(clause) && !addsUp(clause)) return undefined;
		const scope = await scopeIn(clause, world);
		const ofPods = spoken(clause, 'replica pod instance copy 레플리카 파드 포드 인스턴스 복제본');
		const named = ofPods && !addsUp(clause) ? await theOne(clause, world, workloadKinds) : undefined;
		if (named?.found === 'several') return (await ofEach(clause, world)) ?? named.question;
		if (named?.found === 'one') return ofOne(clause, named.object, world);
		if (ofPods && addsUp(clause)) {
			const objects = await togetherIn(clause, world);
			if (objects.length > 1)
				return sum(clause, {kinds: [...new Set(objects.map(({kind}) => kind))], scope, labels: [], filters: [], objects});
		}
		const kinds = kindsAsked(clause, scope);
		if (spoken(clause, 'replica 레플리카 복제본') || (ofPods && wantsPods(clause, kinds))) {
			const counted = kinds.filter(kind => workloadKinds.some(each => each === kind));
			return sum(clause, await selectionOf(withoutState(clause), world, counted.length > 0 ? counted : workloadKinds, scope, nowMs));
		}
		return kinds.length === 0 ? undefined : counted(clause, await selectionOf(clause, world, kinds, scope, nowMs));
	},
};

/** `pods of web in qa and in shop, separately`: one of the name in each namespace that is said. */
async function ofEach(clause: Clause, world: World): Promise<Understanding | undefined> {
	const objects = await togetherIn(clause, world);
	if (objects.length < 2) return undefined;
	const {language} = clause;
	return answer(
		inLanguage(language, 'Replicas of each', '각각의 레플리카 수'),
		inLanguage(language, 'They want this many replicas:', '원하는 레플리카 수:'),
		objects.map(object => bullet(`${object.metadata.namespace}/${object.metadata.name}`, String(wanted(object)))),
		language,
	);
}

/** `a and b together`, `web in qa and shop together`: all that is named, however often there is one of the name. */
async function togetherIn(clause: Clause, world: World): Promise<readonly KubeObject[]> {
	const all = await allNamed(clause, world, workloadKinds);
	if (all.found === 'some') return all.objects;
	const {mentions, scope} = await mentionsIn(clause, world, workloadKinds);
	return (scope.namespaces?.length ?? 0) > 1 ? [...new Set(mentions.flatMap(({objects}) => objects))] : [];
}

const wanted = (object: KubeObject) =>
	numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled') ?? (object.kind === 'DaemonSet' ? 0 : 1);

async function ofOne({language}: Clause, object: KubeObject, world: World): Promise<Understanding> {
	const name = `${object.metadata.namespace}/${object.metadata.name}`;
	const pods = (await world.objects('Pod', object.metadata.namespace)).filter(pod =>
		fitsSelector(valueAt(object, 'spec', 'selector'), pod.metadata.labels),
	);
	const ready = numberAt(object, 'status', 'readyReplicas') ?? numberAt(object, 'status', 'numberReady') ?? 0;
	return answer(
		inLanguage(language, `Replicas of ${object.kind} ${name}`, `${name}의 레플리카 수`),
		inLanguage(
			language,
			`${object.kind} ${name} wants ${wanted(object)} replicas; ${pods.length} pods are there and ${ready} are ready.`,
			`${object.kind} ${name}: 원하는 레플리카 ${wanted(object)}개, 있는 파드 ${pods.length}개, 준비된 파드 ${ready}개.`,
		),
		[],
		language,
	);
}

function sum(clause: Clause, selection: Selection): Understanding {
	const {language} = clause;
	const total = selection.objects.reduce((all, object) => all + wanted(object), 0);
	const text = selectionText(selection, language);
	return answer(
		inLanguage(language, `Replicas of ${text}, added up`, `${text}의 레플리카 합계`),
		inLanguage(language, `${total} replicas are wanted by the ${text}:`, `${text}가 원하는 레플리카는 모두 ${total}개입니다:`),
		selection.objects.map(object => bullet(nameIn(selection, object), String(wanted(object)))),
		language,
	);
}

/** `leaving out x`: what is not to be counted. */
const leaving =
	/\b(?:leaving out|except(?: for)?|excluding|not including|minus|without(?: counting)?|not counting|other than|besides|but not|ignoring|apart from)\s+(.+)$|(\S+?)(?:을|를|은|는)?\s*(?:빼고|제외하고|말고|제외)/i;

function counted(clause: Clause, whole: Selection): Understanding {
	const {language} = clause;
	const [, left, leftInKorean] = leaving.exec(clause.text) ?? [];
	const names = (left ?? leftInKorean ?? '').split(/[\s,?!]+/);
	const [, called] = /\b(?:called|named) ["'`]?([a-z0-9][\w.-]*)|([a-z0-9][\w.-]*)(?:이라는|라는|이란)\s/i.exec(clause.text) ?? [];
	const selection = {
		...whole,
		objects: whole.objects.filter(({metadata}) => !names.includes(metadata.name) && (called === undefined || metadata.name === called)),
	};
	const text = selectionText(selection, language);
	const {length} = selection.objects;
	return answer(
		inLanguage(language, `Number of ${text}`, `${text} 개수`),
		inLanguage(language, `${length} ${text}${length === 0 ? '.' : ':'}`, `${text}: ${length}개${length === 0 ? '.' : ''}`),
		perNamespace(clause) ? byNamespace(selection.objects) : namesOf(selection, language),
		language,
	);
}

/** Of several kinds, how many there are of each. */
const namesOf = (selection: Selection, language: Clause['language']) =>
	selection.kinds.length < 2
		? selection.objects.map(object => bullet(nameIn(selection, object)))
		: selection.kinds.map(kind => {
				const own = selection.objects.filter(object => object.kind === kind);
				const names = own.map(object => nameIn(selection, object)).join(', ');
				return bullet(kindName(kind, language), inLanguage(language, `${own.length}: ${names}`, `${own.length}개: ${names}`));
			});

const perNamespace = ({text}: Clause) => /\b(?:per|by|each|every) namespace\b|네임스페이스(?:별|마다)/i.test(text);

const byNamespace = (objects: readonly KubeObject[]) =>
	[...Map.groupBy(objects, ({metadata}) => metadata.namespace ?? '-')].map(([namespace, list]) => bullet(namespace, String(list.length)));
