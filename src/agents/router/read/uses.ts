import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import type {Pointer} from '../../../mcp/kubernetes/model/pointing-at.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {isInScope, scopeIn} from '../names/scope-in.ts';
import {type Found, theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {columnsOf} from './columns/asked-columns.ts';
import {pointersTo, users, usersIn} from './pointers-to.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {podRunners} from './selection.ts';

export const usedKinds = [
	'ConfigMap',
	'Secret',
	'PersistentVolumeClaim',
	'ServiceAccount',
	'Service',
	'PriorityClass',
	'StorageClass',
	'IngressClass',
] as const;

const useWords =
	'use used using depend dependent rely reference referenced referencing mount mounted consume consumer consuming read need point refer refers attached touch affected hang pull pulls read reads load loads notice consult draw run running runs wired tied take_values take_their take_its get_values values_from need_it 영향 영향받 도는 돌고 돌아가 쓰 사용 참조 의존 마운트 이용 연결 걸려 물고 읽 참고';
const noneWords =
	"not unused no nobody none nothing without isn orphan orphaned never isn't aren't unreferenced 안 않는 않은 없 미사용 아무";

/** `what breaks if x is deleted?`: who uses it would miss it. */
const withoutIt =
	/\b(?:what|who|anything|something)\b.*\b(?:happens?|breaks?|broken|affected|suffers?|misse?s?)\b.*\b(?:delet|remov|dropp|los|gone|disappear|without)\w*|(?:삭제|지우|없애|제거)(?:하)?면.*(?:어떻게|무슨|영향|깨지|문제)/i;

/** Whether a clause asks what uses something, or what something uses. */
export const isAboutUse = (clause: Clause): boolean =>
	spoken(clause, `${useWords} unused orphan orphaned unreferenced 미사용`) || withoutIt.test(clause.text);

/** `Which workloads use configmap x?`, `what depends on secret y`, `which claims are unused`. */
export const uses: Intent = {
	name: 'uses',
	async understand(clause, world) {
		if (!asksToRead(clause) || !isAboutUse(clause)) return undefined;
		const [kind] = kindsIn(clause).filter(mention => usedKinds.some(each => each === mention.kind));
		const found = await theOne(clause, world, kind === undefined ? usedKinds : [kind.kind]);
		const needed = kind === undefined || isSaid(clause, found) ? undefined : await neededBy(clause, kind.kind, world);
		if (needed !== undefined) return needed;
		if (found.found === 'several') return found.question;
		// A name that is only nearly said is none, where no kind stands beside it.
		if (kind === undefined && !isSaid(clause, found)) return undefined;
		if (found.found === 'one') return usersOf(clause, found.object, world);
		if (kind === undefined || !spoken(clause, noneWords)) return undefined;
		return unused(clause, kind.kind, world);
	},
};

/** The classes of the claims of a workload: those that a set makes, and those that its pods mount. */
async function classesOf(workload: KubeObject, world: World): Promise<readonly {readonly name: string; readonly how: string}[]> {
	const claims = await world.objects('PersistentVolumeClaim', workload.metadata.namespace);
	const mounted = new Set(podNeeds(podSpecOf(workload)).flatMap(({kind, name}) => (kind === 'PersistentVolumeClaim' ? [name] : [])));
	const templates = listAt(workload.spec, 'volumeClaimTemplates').map(template => ({
		name: textAt(template, 'spec', 'storageClassName'),
		how: `volumeClaimTemplate ${textAt(template, 'metadata', 'name') ?? ''}`,
	}));
	const own = claims
		.filter(({metadata}) => mounted.has(metadata.name))
		.map(({spec, metadata}) => ({name: textAt(spec, 'storageClassName'), how: `PersistentVolumeClaim ${metadata.name}`}));
	return [...templates, ...own].flatMap(({name, how}) => (name === undefined ? [] : [{name, how}]));
}

/** Whether what was found is named letter by letter, not nearly. */
const isSaid = (clause: Clause, found: Found) =>
	found.found !== 'none' &&
	clause.words.some(({text}) => text === (found.found === 'one' ? found.object : found.objects[0])?.metadata.name);

/** `the secrets that web uses`: the other way round, of a workload that is named. */
async function neededBy(clause: Clause, kind: string, world: World): Promise<Understanding | undefined> {
	const found = foundThing(await theOne(clause, world, podRunners), podRunners);
	if (found.found === 'none') return undefined;
	if (found.found === 'several') return found.question;
	const {metadata} = found.object;
	const {language} = clause;
	const needs =
		kind === 'StorageClass' ? await classesOf(found.object, world) : podNeeds(podSpecOf(found.object)).filter(need => need.kind === kind);
	const name = `${metadata.namespace}/${metadata.name}`;
	return answer(
		inLanguage(language, `${kind} that ${name} uses`, `${name}가 쓰는 ${kind}`),
		needs.length === 0
			? inLanguage(language, `${name} uses no ${kind}.`, `${name}는 ${kind}를 쓰지 않습니다.`)
			: inLanguage(language, `${name} uses:`, `${name}가 쓰는 것:`),
		[...Map.groupBy(needs, need => need.name)].map(([each, list]) => bullet(each, [...new Set(list.map(({how}) => how))].join(', '))),
		language,
	);
}

async function usersOf({language}: Clause, object: KubeObject, world: World): Promise<Understanding> {
	const {kind, metadata} = object;
	const found =
		metadata.namespace === undefined ? await byReference(object, world) : pointersTo(object, await usersIn(world, metadata.namespace));
	const where = metadata.namespace ?? inLanguage(language, 'the cluster', '클러스터');
	const name = `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
	return answer(
		inLanguage(language, `What uses ${name}`, `${name}를 쓰는 곳`),
		found.length === 0
			? inLanguage(
					language,
					`Nothing in ${where} uses ${name}. Looked at: ${users.join(', ')}.`,
					`${where}에서 ${name}를 쓰는 것이 없습니다. 살펴본 것: ${users.join(', ')}.`,
				)
			: inLanguage(language, `${found.length} use ${name}:`, `${name}를 쓰는 것은 ${found.length}개입니다:`),
		found.map(({ref, how}) => bullet(`${ref.kind} ${ref.name}`, how)),
		language,
	);
}

/** What of the whole cluster names a class of its own. */
async function byReference({kind, metadata}: KubeObject, world: World): Promise<readonly Pointer[]> {
	const columns = columnsOf(referring).filter(({refers}) => refers === kind);
	const kinds = [...new Set(columns.flatMap(each => each.kinds))].filter(each => each !== 'Pod');
	const objects = (await Promise.all(kinds.map(each => world.objects(each))))
		.flat()
		.filter(object => (object.metadata.ownerReferences ?? []).length === 0);
	return objects.flatMap(object => {
		const column = columns.find(each => each.kinds.includes(object.kind) && each.values(object).includes(metadata.name));
		return column === undefined ? [] : [{ref: refOf(object), how: `${column.en}, ${object.metadata.namespace ?? ''}`}];
	});
}
const referring = [...podRunners, 'PersistentVolumeClaim', 'PersistentVolume', 'Ingress'];

/** What every namespace has by itself is no waste. */
const isBuiltIn = ({kind, metadata}: KubeObject) =>
	(kind === 'ServiceAccount' && metadata.name === 'default') ||
	(kind === 'ConfigMap' && metadata.name === 'kube-root-ca.crt') ||
	metadata.namespace?.startsWith('kube-') === true;

/** Who asks a Service by its name nobody can tell; one that selects no pod is of no use to anybody. */
const selectsNobody = ({spec, metadata}: KubeObject, pods: readonly KubeObject[]) =>
	Object.keys(objectAt(spec, 'selector')).length > 0 &&
	!pods.some(pod => pod.metadata.namespace === metadata.namespace && fitsMap(objectAt(spec, 'selector'), pod.metadata.labels));

async function unused(clause: Clause, kind: string, world: World): Promise<Understanding> {
	const {language} = clause;
	const scope = await scopeIn(clause, world);
	const [objects, others] = await Promise.all([world.objects(kind), usersIn(world, undefined)]);
	const inside = objects.filter(object => isInScope(scope, object.metadata.namespace) && !isBuiltIn(object));
	const pods = kind === 'Service' ? await world.objects('Pod') : [];
	const idle = inside.filter(object => (kind === 'Service' ? selectsNobody(object, pods) : pointersTo(object, others).length === 0));
	const where = scope.namespaces?.join(', ') ?? inLanguage(language, 'all namespaces', '모든 네임스페이스');
	return answer(
		inLanguage(language, `${kind} that nothing uses, in ${where}`, `${where}에서 쓰이지 않는 ${kind}`),
		inLanguage(
			language,
			`${idle.length} of ${inside.length} are used by nothing (looked at: ${users.join(', ')}; programs that read them over the API are not seen):`,
			`${inside.length}개 중 ${idle.length}개를 아무도 쓰지 않습니다 (살펴본 것: ${users.join(', ')}; API로 직접 읽는 프로그램은 알 수 없습니다):`,
		),
		idle.map(object => bullet(`${object.metadata.namespace}/${object.metadata.name}`)),
		language,
	);
}
