import {type KubeObject, type Ref, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {someOf} from '../../../../core/text/count.ts';
import {consequencesFor} from '../../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Rolling} from './roll-users.ts';

type Parts = {
	readonly write: Write & {readonly ref: Ref};
	readonly live: KubeObject | undefined;
	readonly set: readonly string[];
	readonly removed: readonly string[];
	readonly rolling: Rolling | undefined;
	readonly readyWithin: string;
	readonly notes: readonly Consequence[];
	/** A namespace that something else makes before this is carried out. */
	readonly toCome?: string | undefined;
};

/** Why the server cannot be asked; undefined where it can. */
async function offlineFor(cluster: Cluster, toCome: string | undefined): Promise<string | undefined> {
	if (toCome === undefined) return undefined;
	const isThere = (await cluster.get({apiVersion: 'v1', kind: 'Namespace', name: toCome})) !== undefined;
	return isThere ? undefined : `namespace ${toCome} is not there yet`;
}

/** The plan of one change of a ConfigMap or Secret, with the roll of its users where that was asked for. */
export async function settingDraft(cluster: Cluster, {write, live, set, removed, rolling, readyWithin, notes, toCome}: Parts) {
	const prediction = await predict(cluster, write, await offlineFor(cluster, toCome));
	const isChanging = live === undefined || prediction.change.fields.length > 0;
	const {steps, awaited, notes: rollNotes} = rolling === undefined || !isChanging ? {steps: [], awaited: [], notes: []} : rolling;
	const {name, namespace = cluster.namespace} = write.ref;
	const what = refText(write.ref);
	const isNew = write.op === 'create';
	const told = isChanging ? await consequencesFor(cluster, [prediction, ...steps.flatMap(({predictions}) => predictions)]) : [];
	// What waits for a restart gets one.
	const needsRestart = ({id}: Consequence) => id === 'config-needs-restart';
	const left =
		awaited.length === 0
			? told.map(each => (needsRestart(each) ? {...each, text: `${each.text}: --restart rolls them`} : each))
			: told.filter(each => !needsRestart(each));
	const rolls = awaited.map(({ref: {apiVersion, kind, name: workload}, pods}) => ({
		ref: {apiVersion, kind, namespace, name: workload},
		pods,
	}));
	const users = awaited.map(each => refText(each.ref));
	return draftOf({
		effect: 'change',
		input: {name, namespace, set: [...set], removed: [...removed], rolls, readyWithin},
		summary: `${isNew ? 'Create' : 'Change'} ${what}${users.length === 0 ? '' : `, and roll ${someOf(users)}`}`,
		steps: [{title: `${isNew ? 'Create' : 'Change'} ${what}`, predictions: [prediction]}, ...steps],
		consequences: [...notes, ...rollNotes, ...left],
		verify:
			users.length === 0 ? [`${what} holds these keys`] : users.map(user => `Every pod of ${user} is new and ready within ${readyWithin}`),
		undo: {possible: true, how: `Sets ${what} back${users.length === 0 ? '' : ', and rolls its users once more'}`},
	});
}
