import {grantsFor, grantsOf, type Holder} from '../../../analysis/access/grants.ts';
import {accessCauses} from '../../../analysis/diagnosis/access-causes.ts';
import {budgetCauses} from '../../../analysis/diagnosis/budget-causes.ts';
import {caseOf} from '../../../analysis/diagnosis/case.ts';
import type {Cause, Unseen} from '../../../analysis/diagnosis/cause.ts';
import {causesOf, unseenIn} from '../../../analysis/diagnosis/causes-of.ts';
import {crashingContainers} from '../../../analysis/diagnosis/crash-causes.ts';
import {nodeCauses} from '../../../analysis/diagnosis/node-causes.ts';
import type {Client} from '../../../analysis/diagnosis/policy-causes.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import {fence} from '../../../core/text/fence.ts';
import type {Clause} from '../clause.ts';
import {scopeIn} from '../names/scope-in.ts';
import {objectWords} from '../names/which-one.ts';
import {readAccess} from '../read/access.ts';
import {actionIn, holdersIn} from '../read/access-question.ts';
import type {Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {lastWords} from './last-words.ts';
import {readScene} from './read-scene.ts';
import {clientOf, serverOf, subjectOf, withoutPorts} from './subject.ts';
import {type Noticed, noticedIn} from './symptom.ts';

/** What was found about one thing. */
export type Diagnosis = {
	readonly name: string;
	readonly causes: readonly Cause[];
	readonly unseen: readonly Unseen[];
	readonly words: readonly string[];
};

type Question = Extract<Understanding, {kind: 'question'}>;

/**
 * Finds out why what a clause speaks of does not work. Undefined: it names nothing.
 * @param noticed what was noticed, where the clause says less than whoever asks knows
 */
export async function findCauses(
	said: Clause,
	world: World,
	talk: Talk,
	noticed: Noticed = noticedIn(said),
): Promise<Diagnosis | Question | undefined> {
	const clause = withoutPorts(said);
	if (noticed === 'refused') {
		const found = await refusedCauses(clause, world);
		if (found !== undefined) return found;
	}
	const server = noticed === 'unreachable' ? await serverOf(clause, world) : undefined;
	const subject = server === undefined ? await subjectOf(clause, world, talk) : ({found: 'one', object: server} as const);
	if (subject.found === 'several') return subject.question;
	if (subject.found === 'none') return noticed === 'refused' ? undefined : refusedCauses(clause, world);
	const {object} = subject;
	if (object.kind === 'Node') return ofNode(object, noticed === 'not-draining', world);
	const scene = await readScene(world, object.metadata.namespace ?? world.namespace);
	// The scene holds its own copy of the list, in which the target is the same object.
	const given = caseOf(object, scene);
	const client = noticed === 'unreachable' ? await clientOf(clause, object, world) : undefined;
	const causes = causesOf(
		given,
		noticed === 'refused' ? 'down' : noticed,
		client === undefined ? undefined : await asClient(client, world),
	);
	return {
		name: objectWords(object, clause.language, false),
		causes,
		unseen: unseenIn(given),
		words: causes.some(({id}) => id === 'crashes')
			? fenced(await lastWords(crashingContainers(given), scene.namespace, world.cluster))
			: [],
	};
}

const fenced = (words: Awaited<ReturnType<typeof lastWords>>) =>
	words.map(({origin, lines}) => fence(`last lines of ${origin}`, lines.join('\n')));

async function asClient(workload: KubeObject, world: World): Promise<Client> {
	const namespaces = await world.objects('Namespace');
	const own = namespaces.find(({metadata}) => metadata.name === workload.metadata.namespace);
	const named = {'kubernetes.io/metadata.name': workload.metadata.namespace ?? '', ...own?.metadata.labels};
	return {workload, labels: objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels'), namespaceLabels: named};
}

/** A drain waits for budgets of any namespace that has pods there; where no pod tells its node, all of them are told. */
async function ofNode(node: KubeObject, isDrain: boolean, world: World): Promise<Diagnosis> {
	const budgets = isDrain ? await world.objects('PodDisruptionBudget') : [];
	const namespaces = [...new Set(budgets.flatMap(({metadata}) => metadata.namespace ?? []))];
	const scenes = await Promise.all(namespaces.map(namespace => readScene(world, namespace)));
	const blocking = budgets.flatMap(budget => {
		const scene = scenes.find(({namespace}) => namespace === budget.metadata.namespace);
		const given = scene === undefined ? undefined : caseOf(budget, scene);
		const isThere = given?.pods.some(pod => objectAt(pod, 'spec').nodeName === node.metadata.name) === true || given?.pods.length === 0;
		return given !== undefined && isThere ? budgetCauses({...given, budgets: [budget]}) : [];
	});
	const causes = isDrain ? blocking : nodeCauses(node);
	return {
		name: node.metadata.name,
		causes,
		unseen: [{en: 'Not looked at: the machine itself and its kubelet', ko: '살펴보지 않은 것: 노드 기계 자체와 kubelet'}],
		words: [],
	};
}

/** The one namespace in which somebody has a role. */
function boundTo(holder: Holder, objects: readonly KubeObject[]): string | undefined {
	const [place, ...others] = new Set(grantsFor(holder, grantsOf(objects)).flatMap(({namespace}) => namespace ?? []));
	return others.length === 0 ? place : undefined;
}

/** Who is refused what, by the words of the clause. Undefined where it names nobody. */
async function refusedCauses(clause: Clause, world: World): Promise<Diagnosis | undefined> {
	const [{objects, holders}, types, scope] = await Promise.all([readAccess(world), world.cluster.types(), scopeIn(clause, world)]);
	const [holder] = holdersIn(clause, holders);
	const action = actionIn(clause, types);
	if (holder === undefined || action === undefined) return undefined;
	// `platform's log-reader in payments`: the first of the two tells only who is meant.
	const others = scope.namespaces?.filter(each => each !== holder.namespace) ?? [];
	const namespace = others[0] ?? scope.namespaces?.[0] ?? boundTo(holder, objects) ?? holder.namespace ?? world.namespace;
	const causes = accessCauses({holder, action, namespace}, objects);
	return {
		name: `${holder.name} in ${namespace}`,
		causes,
		unseen: [
			causes.length === 0
				? {
						en: `RBAC lets ${holder.name} ${action.verb} ${action.resource} in ${namespace}. Not looked at: admission webhooks and other authorizers`,
						ko: `RBAC로는 ${holder.name}가 ${namespace}에서 ${action.verb} ${action.resource}을(를) 할 수 있습니다. 어드미션 웹훅과 다른 인가 수단은 보지 않았습니다`,
					}
				: {
						en: 'Not looked at: groups that only the sign-in knows, admission webhooks',
						ko: '살펴보지 않은 것: 인증 시스템만 아는 그룹, 어드미션 웹훅',
					},
		],
		words: [],
	};
}
