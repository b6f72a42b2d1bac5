import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindWord} from '../names/kind-words.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {isInScope, scopeIn} from '../names/scope-in.ts';
import {objectWords} from '../names/which-one.ts';
import type {Call, Understanding} from '../understanding.ts';
import {creating} from '../words/order-verbs.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {isChanging} from './is-changing.ts';
import {isQuestion} from './ordered.ts';
import {type Spared, sparedIn} from './spared.ts';
import {worldWithout} from './sparing/world-without.ts';
import {unsure} from './unsure.ts';

type Understand = (request: string, world?: World) => Promise<readonly Understanding[]>;

/**
 * What a request means that leaves something alone: the plan without it where that is sure, else a question. What is spared is in no plan.
 * Undefined: nothing is spared.
 */
export async function withoutSpared(clause: Clause, world: World, understand: Understand): Promise<readonly Understanding[] | undefined> {
	if (isQuestion(clause) || isCreation(clause) || isAboutTraffic(clause)) return undefined;
	const spared = await sparedIn(clause, world);
	if (spared === undefined) return undefined;
	if (spared.unknown !== undefined) return (await changes(understand, clause.text)) ? [unsure(clause, spared.unknown)] : undefined;
	return (
		(await understoodWithout(spared, clause, world, understand)) ??
		((await changes(understand, clause.text)) ? [unsure(clause, namesOf(spared.objects))] : undefined)
	);
}

/** What the rest means, told of each of the group that it speaks of. Undefined: it is no order that is understood. */
export async function understoodWithout(
	spared: Spared,
	clause: Clause,
	world: World,
	understand: Understand,
): Promise<readonly Understanding[] | undefined> {
	const group = await groupOf(spared, world);
	if (group?.length === 0) return [nothingLeft(clause, namesOf(spared.objects))];
	if (group !== undefined && spoken(clause, destroying)) return [whichToDelete(clause, group)];
	const read = group !== undefined ? await ofGroup(group, spared, world, understand) : await amongOthers(spared, world, understand);
	const calls = read.flatMap(one => (one.kind === 'calls' ? one.calls.filter(isChanging) : []));
	if (calls.some(call => spared.objects.some(object => touches(call, object)))) return [unsure(clause, namesOf(spared.objects))];
	return calls.length > 0 || read.some(({kind}) => kind === 'question' || kind === 'refusal') ? read : undefined;
}

const aboutTraffic =
	/\b(?:traffic|ingress|egress|allow|deny|block|(?:network)?polic(?:y|ies)|netpols?|connections?|reach\w*|talk)\b|트래픽|접근|허용|차단|정책|통신/i;
/** `the claim old stays`: what is claimed is nothing new. */
const isCreation = ({words, text}: Clause) =>
	creating(words.filter(({text: word}, at) => at === 0 || !/^claims?$/.test(word))) || another.test(text);
/** `keep the quota, make a separate one`: what stays says what kind. */
const another = /\b(?:make|add|put|set up|write)\b[^.;]*\b(?:separate|second|new|own|another) one\b/i;
/** A name such as `allow-web` says nothing of traffic. */
const isAboutTraffic = (clause: Clause) => !spoken(clause, destroying) && aboutTraffic.test(clause.text.replaceAll(/\w+(?:-\w+)+/g, ' '));
const destroying = 'delete remove drop erase destroy purge wipe kill 삭제 지우 제거 없애 날리 비우 치우 정리';

const changes = async (understand: Understand, text: string) =>
	(await understand(text)).some(one => one.kind === 'calls' && one.calls.some(isChanging));

const namesOf = (objects: readonly KubeObject[]) => [...new Set(objects.map(({metadata}) => metadata.name))].join(', ');

/** The objects of a group in a namespace (`everything in shop`, `every node`) without what is spared; undefined: no group is said. */
async function groupOf({rest, objects}: Spared, world: World): Promise<readonly KubeObject[] | undefined> {
	const said = kindsIn(rest).filter(({kind}) => kind !== 'Namespace' && kind !== 'Pod');
	if (!spoken(rest, everyone) && !said.some(({plural}) => plural)) return undefined;
	const scope = await scopeIn(rest, world);
	const kinds = said.length > 0 ? [...new Set(said.map(({kind}) => kind))] : workloads;
	if (scope.namespaces === undefined && !kinds.every(kind => kind === 'Node')) return undefined;
	if ((await mentionsIn(rest, world, kinds)).mentions.length > 0) return undefined;
	const all = (await Promise.all(kinds.map(kind => world.objects(kind)))).flat();
	const left = new Set(objects.map(object => refText(refOf(object))));
	const scaled = /\d|\b(?:scale|replicas?)\b|레플리카/i.test(rest.text) && !spoken(rest, 'restart 재시작');
	return all.filter(
		object => isInScope(scope, object.metadata.namespace) && !left.has(refText(refOf(object))) && !(scaled && object.kind === 'DaemonSet'),
	);
}

const everyone = 'all every everything each everyone rest others 모두 전부 모든 다 나머지 싹';
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** The rest as it is understood where what is spared is not, unless it is needed to understand it. */
async function amongOthers({rest, objects}: Spared, world: World, understand: Understand): Promise<readonly Understanding[]> {
	const read = await understand(rest.text, worldOf(objects, world));
	return objects.length > 0 && read.some(({kind}) => kind === 'question') ? understand(rest.text) : read;
}

const worldOf = (spared: readonly KubeObject[], world: World) =>
	worldWithout(world, object => spared.some(one => refText(refOf(one)) === refText(refOf(object))));

/** Only some of a group, which the order of one of them would not tell. */
const narrower = /\b(?:that|which|whose|with(?:out)?|having|labell?ed|running|on)\b|(?:있는|없는|인|짜리|라벨이?\s?붙은)(?=\s)/i;

/** The order as it is understood where nothing of the group is spared, else told again of each of them. */
async function ofGroup(
	group: readonly KubeObject[],
	{rest, objects}: Spared,
	world: World,
	understand: Understand,
): Promise<readonly Understanding[]> {
	const read = await understand(rest.text, worldOf(objects, world));
	const calls = read.flatMap(one => (one.kind === 'calls' ? one.calls : []));
	const isOfGroup = calls.length > 0 && calls.every(call => group.some(object => touches(call, object)));
	return isOfGroup || narrower.test(rest.text) ? read : forEach(group, rest, understand);
}

async function forEach(group: readonly KubeObject[], rest: Clause, understand: Understand): Promise<readonly Understanding[]> {
	const read: Understanding[] = [];
	for (const object of group) {
		const request = requestFor(object, rest);
		const [one, ...others] = request === undefined ? [] : await understand(request);
		if (one?.kind !== 'calls' || others.length > 0) return one === undefined ? [] : [one];
		read.push(one);
	}
	const calls = read.flatMap(one => (one.kind === 'calls' ? [one] : []));
	return [{kind: 'calls', said: calls.map(({said}) => said).join('; '), calls: calls.flatMap(one => one.calls)}];
}

const group =
	/\b(?:(?:all|every|each|everything|both|the)\b)(?:\s+(?:of|the|my|our|other|else|rest|single|things?|workloads?|pods?|them|[\w-]+?)(?=\s+(?:deployments?|statefulsets?|daemonsets?|workloads?|nodes?|cronjobs?|services?)\b))*(?:\s+(?:of|the|other|else|deployments?|statefulsets?|daemonsets?|workloads?|nodes?|cronjobs?|services?))*(?:\s+(?:in|of|on|from|under)\s+(?:the\s+|namespace\s+)*[\w-]+(?:\s+namespace)?)?/i;
const koreanGroup = /^(?:모두|전부|다|모든|나머지|싹|싹다|네임스페이스)(?:[은는을를의]|에서|에)?$/;

/** The order of a group, for one of it. */
function requestFor(object: KubeObject, {text, language, words}: Clause): string | undefined {
	if (language === 'en') {
		const found = group.exec(text);
		return found === null ? undefined : text.replace(found[0], objectPhrase(object));
	}
	const {namespace, name} = refOf(object);
	const kinds = kindsIn({words});
	const isKind = (piece: string) => kinds.some(({first, last}) => words.slice(first, last + 1).some(({raw}) => piece.startsWith(raw)));
	const order = text
		.split(/\s+/)
		.filter(piece => !koreanGroup.test(piece) && !isKind(piece) && !(namespace !== undefined && piece.startsWith(namespace)))
		.join(' ');
	return `${namespace === undefined ? '' : `${namespace} 네임스페이스의 `}${name} ${kindWord(object.kind, 'ko')} ${order}`;
}

const objectPhrase = (object: KubeObject) => {
	const {kind, namespace, name} = refOf(object);
	return `${kindWord(kind, 'en')} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
};

/** Whether a call acts on this object. */
function touches({input}: Call, object: KubeObject): boolean {
	const {kind, namespace, name} = refOf(object);
	if (input.kind === 'Namespace') return input.name === namespace;
	if (kind === 'Node') return input.node === name;
	if (input.namespace !== undefined && input.namespace !== namespace) return false;
	return input.workload === `${kind.toLowerCase()}/${name}` || (input.name === name && (input.kind === undefined || input.kind === kind));
}

const nothingLeft = ({language}: Clause, spared: string): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `${spared} 말고는 해당하는 것이 없습니다. 그 밖에 무엇을 바꿀까요?`
			: `There is nothing of that kind but ${spared}. What else should change?`,
	choices: [],
});

/** What a group leaves is deleted only by a request that says every name. */
function whichToDelete({language}: Clause, objects: readonly KubeObject[]): Understanding {
	const names = objects.map(object => objectWords(object, language)).join(', ');
	const request = language === 'ko' ? `${names} 삭제해줘` : `Delete ${names}`;
	return {
		kind: 'question',
		text:
			language === 'ko'
				? `삭제는 추측하지 않습니다. 다음을 삭제할까요: ${names}?`
				: `Nothing is deleted by a guess. Should these go: ${names}?`,
		choices: [{text: language === 'ko' ? '모두' : 'All of them', request}],
	};
}
