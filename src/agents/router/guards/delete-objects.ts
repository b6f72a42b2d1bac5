import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {allNamed, groupIn} from '../names/all-named.ts';
import {selectingPairs} from '../names/by-label.ts';
import {kindName} from '../names/kind-words.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {isInScope, type Scope, scopeIn} from '../names/scope-in.ts';
import {objectWords, whichOne} from '../names/which-one.ts';
import {isQuestion, namedKinds} from '../route/ordered.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {spoken} from '../words/spoken.ts';
import {tidies} from '../words/tidies.ts';
import {hostOf} from '../words/values.ts';
import type {World} from '../world.ts';
import {deletesPart} from './deletes-part.ts';
import {ordersAlone} from './orders-alone.ts';
import {isSaidExactly} from './said-exactly.ts';
import {wholeNamespaces} from './whole-namespaces.ts';

/** Words that say that something is to go. */
export const deletingVerbs =
	'delete remove drop erase destroy purge wipe get_rid kill tear_down take_down clean_up do_away throw_out throw_away discard retire decommission 삭제 지우 제거 없애 날리 치우 정리';

/** A part of an object is removed by a change of it. */
const parts =
	'env environment variable label annotation limit request probe check liveness readiness startup path host key taint toleration port rule container sidecar argument arg memory cpu selector nodeselector node_selector affinity finalizer 환경변수 환경_변수 라벨 레이블 애노테이션 어노테이션 제한 요청 프로브 경로 호스트 키 포트 규칙 컨테이너 사이드카 메모리 테인트';

/** Deletes objects that are named exactly. Whatever is less than exact is a question. */
export const deleteObjects: Intent = {
	name: 'delete',
	async understand(whole, world, talk) {
		if (!spoken(whole, deletingVerbs) || isQuestion(whole) || isPart(whole) || isScaled(whole) || grants.test(whole.text)) return undefined;
		const clause = await ordersAlone(whole, world, deletingVerbs);
		if (moodOf(clause.text) === 'told') return undefined;
		if (await deletesPart(clause, world, deletingVerbs)) return undefined;
		if (spoken(clause, '정리') && !spoken(clause, '삭제 지우 제거 쓰 필요 미사용 예전') && !tidies(clause.text)) return undefined;
		const said = [...new Set(kindsIn(clause).map(({kind}) => kind))];
		const namespaces = await wholeNamespaces(clause, world, deletingVerbs);
		const kinds = said.filter(kind => kind !== 'Namespace');
		if (kinds.length === 0)
			return namespaces.length > 0 ? plan(namespaces, clause) : ((await bareNamespace(clause, world)) ?? byName(clause, world, talk));
		const understood = await byKind(clause, world, kinds, talk);
		return understood.kind === 'calls' && namespaces.length > 0
			? {...understood, calls: [...understood.calls, ...callsOf(namespaces)]}
			: understood;
	},
};

/** `dev may delete pods`, `파드 삭제만 할 수 있게`: a right to delete, and no order to. */
const grants =
	/\b(?:able|allowed|permitted|entitled|right|rights|permission|permissions) to (?:\w+(?:,| and| or) )*(?:delete|remove)\b|(?<!^)\b(?:groups?|users?|accounts?|team)\b[^.;]*\b(?:may|can) (?:only |also )?(?:\w+(?:,| and| or) )*(?:delete|remove)\b|(?:삭제|제거)(?:만|도|까지)? ?(?:할 수 있[게도어]|권한)|지울 수 있[게도어]/i;

/** `take down 2 pods`: fewer of them. */
const isScaled = (clause: Clause) =>
	/\b(?:take|kill|remove|drop|lose)\b.*(?<![\w.-])(?:\d+|one|two|three)\b.*\b(?:pods?|replicas?|instances?)\b/i.test(clause.text);

/** `tear down lab`: the name of a namespace and of nothing else, in an order that says nothing else. */
async function bareNamespace(clause: Clause, world: World): Promise<Understanding | undefined> {
	const [, english, korean] =
		/^(?:please |just |now )?(?:delete|remove|drop|erase|destroy|purge|wipe|kill|tear down|take down|get rid of)\s+(?:the\s+)?(?:whole\s+|entire\s+)?([\w-]+)(?:\s+(?:and|with) (?:everything|all) (?:in|inside|that is in) it)?[.!]?$|^([\w-]+)(?:을|를|은|는)?\s(?:통째로\s|전체\s)?(?:삭제|지워|제거|없애|날려)[가-힣\s]*[.!]?$/i.exec(
			clause.text.trim(),
		) ?? [];
	const name = (english ?? korean)?.toLowerCase();
	if (name === undefined) return undefined;
	const [namespaces, {mentions}] = await Promise.all([world.objects('Namespace'), mentionsIn(clause, world, namedKinds)]);
	const found = namespaces.filter(({metadata}) => metadata.name === name);
	return found.length === 1 && mentions.length === 0 ? plan(found, clause) : undefined;
}

/** `reclaim policy: Delete` says what becomes of data one day. */
const policies = /\b(?:reclaim|retention|deletion|propagation)[ -]?polic(?:y|ies)\b|(?:회수|반환|보존|삭제) ?정책/i;

const isPart = (clause: Clause) => {
	if (policies.test(clause.text)) return true;
	const kindWords = kindsIn(clause);
	const words = clause.words.filter((_, at) => !kindWords.some(({first, last}) => at >= first && at <= last));
	return spoken({words}, parts);
};

/** A kind is said: the names of that kind, each exactly. */
async function byKind(clause: Clause, world: World, kinds: readonly string[], talk: Talk): Promise<Understanding> {
	const together = await ofOneName(clause, world, kinds, talk);
	if (together !== undefined) return plan(together, clause);
	const group = await groupIn(clause, world, kinds);
	if (group.length > 0)
		return isCounted(clause, group) || selectingPairs(clause).length > 0 ? plan(group, clause) : chooseOf(clause, group);
	const found = await allNamed(clause, world, kinds, talk);
	if (found.found === 'several') return found.question;
	if (found.found === 'none') return (await theOnly(clause, world, kinds)) ?? nameless(clause, world, kinds);
	const inexact = found.objects.filter(object => !isSaidExactly(clause, object));
	if (inexact.length > 0) return chooseOf(clause, inexact);
	if (isUnclear(clause, found.objects)) return chooseOf(clause, found.objects);
	const left = kinds.filter(kind => !found.objects.some(object => object.kind === kind));
	return left.length === 0 ? plan(found.objects, clause) : withOthers(clause, found.objects, left, world);
}

/** `both the deployment and the service of web`: one name, and of each kind that is said exactly one object that has it. */
async function ofOneName(clause: Clause, world: World, kinds: readonly string[], talk: Talk): Promise<readonly KubeObject[] | undefined> {
	if (kinds.length < 2 || /\b(?:stays?|remains?|keep|kept|leave|untouched)\b|남기|그대로|놔두|유지/i.test(clause.text)) return undefined;
	const {mentions, scope} = await mentionsIn(clause, world, kinds, talk);
	const [name, ...names] = new Set(mentions.map(mention => mention.name));
	if (name === undefined || names.length > 0) return undefined;
	const lists = await Promise.all(kinds.map(kind => world.objects(kind)));
	const found = lists.map(list => list.filter(({metadata}) => metadata.name === name && isInScope(scope, metadata.namespace)));
	const objects = found.flat();
	const places = new Set(objects.map(({metadata}) => metadata.namespace));
	return found.every(list => list.length === 1) && places.size === 1 && objects.every(object => isSaidExactly(clause, object))
		? objects
		: undefined;
}

/** `drop the quota on shop`: a kind, a namespace, and one object of that kind there. */
async function theOnly(clause: Clause, world: World, kinds: readonly string[]): Promise<Understanding | undefined> {
	const [kind, ...others] = kinds;
	const byHost = kind === 'Ingress' ? await ofHost(clause, world) : undefined;
	if (byHost !== undefined) return plan([byHost], clause);
	const scope = await scopeIn(clause, world);
	if (kind === undefined || others.length > 0 || scope.namespaces?.length !== 1) return undefined;
	const said = kindsIn(clause).find(mention => mention.kind === kind);
	const objects = (await world.objects(kind)).filter(
		({metadata}) => metadata.namespace !== undefined && isInScope(scope, metadata.namespace),
	);
	const isAlone =
		said?.plural === false && /\bthe\b|[가-힣]/.test(clause.text) && !spoken(clause, 'old unused stale wrong broken failed 오래된 안_쓰는');
	return isAlone && objects.length === 1 && !(await hasOtherName(clause, world, scope)) ? plan(objects, clause) : undefined;
}

/** `the ingress for shop.example.com`: the only one that has a rule for the host. */
async function ofHost({words}: Clause, world: World): Promise<KubeObject | undefined> {
	const hosts = words.flatMap(word => hostOf(word)?.host ?? []);
	const found = (await world.objects('Ingress')).filter(each =>
		listAt(each, 'spec', 'rules').some(rule => hosts.includes(textAt(rule, 'host') ?? '')),
	);
	return hosts.length === 1 && found.length === 1 ? found[0] : undefined;
}

/** A word that looks like the name of something that is not there. */
async function hasOtherName(clause: Clause, world: World, scope: Scope): Promise<boolean> {
	const namespaces = await world.namespaces();
	return clause.words.some(
		({text, quoted}, at) =>
			!scope.at.has(at) &&
			(quoted || /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(text) || (clause.language === 'ko' && /^[a-z][a-z0-9]{2,}$/.test(text))) &&
			!namespaces.includes(text) &&
			!kindsIn(clause).some(({first, last}) => at >= first && at <= last),
	);
}

/** `take web down` may mean its pods alone. */
const isUnclear = (clause: Clause, objects: readonly KubeObject[]) =>
	spoken(clause, 'take_down') &&
	!spoken(clause, 'delete remove') &&
	objects.some(({kind}) => /^(?:Deployment|StatefulSet|DaemonSet)$/.test(kind));

/** `both`, `all three`: the number that was said is the number that is there. */
const isCounted = (clause: Clause, {length}: readonly KubeObject[]) =>
	(length === 2 && spoken(clause, 'both 둘 둘다')) ||
	(spoken(clause, 'all both 모두 전부 다') && amountsIn(clause).some(amount => amount.kind === 'number' && amount.value === length));

/** `and its service`: what may be meant is named like the others. */
async function withOthers(clause: Clause, objects: readonly KubeObject[], kinds: readonly string[], world: World): Promise<Understanding> {
	const others = (await Promise.all(kinds.map(kind => world.objects(kind)))).flat();
	const alike = others.filter(({metadata}) =>
		objects.some(one => one.metadata.namespace === metadata.namespace && one.metadata.name === metadata.name),
	);
	return alike.length === 0 ? nameless(clause, world, kinds) : chooseOf(clause, [...objects, ...alike]);
}

/** No kind is said: the one object that has this name, where nothing else could be meant by it. A node without its kind may be meant to take no pods. */
async function byName(clause: Clause, world: World, talk: Talk): Promise<Understanding> {
	const {mentions} = await mentionsIn(clause, world, namedKinds, talk);
	const places = [...new Set(mentions.map(({first}) => first))];
	const objects: KubeObject[] = [];
	for (const place of places) {
		const same = mentions.filter(({first}) => first === place).flatMap(mention => mention.objects);
		const family = await familyOf(same, clause, world);
		const [one, ...others] = [...same, ...family];
		if (one === undefined || others.length > 0 || one.kind === 'Node' || !isSaidExactly(clause, one) || isUnclear(clause, [one]))
			return chooseOf(clause, [...same, ...family]);
		objects.push(one);
	}
	return objects.length === 0 ? await nameless(clause, world, namedKinds) : plan(objects, clause);
}

/** `dispatch-blue` and `dispatch-green` may be what `dispatch` means. */
async function familyOf(objects: readonly KubeObject[], clause: Clause, world: World): Promise<readonly KubeObject[]> {
	const name = objects[0]?.metadata.name;
	if (name === undefined || !clause.words.some(({text}) => text === name)) return [];
	const workloads = (await Promise.all(['Deployment', 'StatefulSet', 'DaemonSet'].map(kind => world.objects(kind)))).flat();
	const namespaces = new Set(objects.map(({metadata}) => metadata.namespace));
	return workloads.filter(({metadata}) => metadata.name.startsWith(`${name}-`) && namespaces.has(metadata.namespace));
}

const plan = (objects: readonly KubeObject[], {language}: Clause): Understanding => ({
	kind: 'calls',
	said: `${language === 'ko' ? '삭제' : 'Delete'}: ${objects.map(object => refText(refOf(object))).join(', ')}`,
	calls: callsOf(objects),
});

const callsOf = (objects: readonly KubeObject[]) =>
	objects.map(object => {
		const {kind, name, namespace} = refOf(object);
		return {tool: 'resource_delete', input: {kind, name, ...(namespace === undefined ? {} : {namespace})}};
	});

/** What might be meant, each as an order of its own that says it exactly. */
function chooseOf(clause: Clause, objects: readonly KubeObject[]): Understanding {
	const korean = clause.language === 'ko';
	const question = whichOne(clause, objects, korean ? '말씀하신 이름' : 'what was said');
	const single = objects
		.slice(0, question.choices.length)
		.map(object => ({text: objectWords(object, clause.language), request: deletion([object], clause)}));
	const all =
		objects.length > 1 && objects.length <= 4 ? [{text: korean ? '모두' : 'All of them', request: deletion(objects, clause)}] : [];
	return {...question, choices: [...single, ...all]};
}

const deletion = (objects: readonly KubeObject[], {language}: Clause) => {
	const names = objects.map(object => objectWords(object, language)).join(', ');
	return language === 'ko' ? `${names} 삭제해줘` : `Delete ${names}`;
};

/** Nothing that exists is named. */
async function nameless(clause: Clause, world: World, kinds: readonly string[]): Promise<Understanding> {
	const {language, text} = clause;
	const one = kinds.length === 1 ? kinds[0] : undefined;
	const all = one === undefined ? [] : await world.objects(one);
	const related = all.filter(({metadata}) => clause.words.some(word => word.text.length > 2 && metadata.name.startsWith(`${word.text}-`)));
	const objects = related.length > 0 ? related : all;
	const known = objects.slice(0, 8).map(object => objectWords(object, language, false));
	const what = one === undefined ? (language === 'ko' ? '대상' : 'objects') : kindName(one, language);
	const list = known.length === 0 ? '' : language === 'ko' ? ` 있는 것: ${known.join(', ')}` : ` There are: ${known.join(', ')}`;
	return {
		kind: 'question',
		text:
			language === 'ko'
				? `삭제는 추측하지 않습니다. 어떤 ${what}인지 정확한 이름을 알려 주세요 ("${text}").${list}`
				: `Nothing is deleted by a guess: which ${what}, by exact name? ("${text}")${list}`,
		choices: objects.slice(0, 3).map(object => ({
			text: objectWords(object, language),
			request: deletion([object], clause),
		})),
	};
}
