import {riskOf} from '../../core/consequences/consequences.ts';
import {diffObjects} from '../../core/diff/diff.ts';
import type {KubeSchema} from '../../core/diff/kube-schema.ts';
import type {JsonObject} from '../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft, Step, Write} from '../../core/plan.ts';
import {preconditionOf} from '../../core/road/precondition.ts';
import {consequencesFor} from '../../mcp/kubernetes/plan/consequences-for.ts';
import {type Prediction, predict} from '../../mcp/kubernetes/plan/predict.ts';
import {autoscalerOf} from './autoscaler.ts';
import {ownerNotes, withOwnerNotes} from './ownership/owner-notes.ts';
import {ownersOf} from './ownership/owners-of.ts';
import type {DeployPorts} from './ports.ts';
import {deploymentRef} from './workload.ts';

type Parts<Resolved extends JsonObject> = {
	readonly input: Resolved;
	readonly stable: KubeObject;
	readonly summary: string;
	readonly steps: readonly Step[];
	/** What the tool itself knows to follow. */
	readonly notes?: readonly Consequence[];
	readonly verify?: readonly string[];
};

/** What a person is shown field by field. Numbers of pods on the way stand in the steps. */
const isShown = (write: Write) => write.op === 'create' || (write.op === 'patch' && write.type === 'json');

/** A change of one Deployment as a plan: the server computes what changes, the surroundings tell what follows. */
export async function draftDeployment<Resolved extends JsonObject>(
	{cluster}: DeployPorts,
	parts: Parts<Resolved>,
): Promise<Draft<Resolved>> {
	const {input, stable, summary, steps, notes = [], verify = []} = parts;
	const {name, namespace = ''} = stable.metadata;
	const predictions: Prediction[] = [];
	for (const write of steps.flatMap(({writes}) => writes).filter(isShown)) predictions.push(await predict(cluster, write));
	const {scaler} = await autoscalerOf(cluster, stable);
	const {kubeSchema} = await import('../../mcp/kubernetes/plan/loaded-schema.ts');
	const owners = predictions.length === 0 ? [] : await ownersOf(cluster, stable);
	const told = withOwnerNotes(await consequencesFor(cluster, predictions), ownerNotes(owners, deploymentRef(namespace, name), 'spec'));
	const consequences = [...notes, ...told];
	const others = predictions.filter(({write}) => write.ref.name !== name).map(({write, before}) => preconditionOf(before, write.ref));
	return {
		input,
		summary,
		steps,
		changes: predictions.map(prediction =>
			prediction.write.op === 'create' ? asCopyOf(stable, prediction, kubeSchema) : prediction.change,
		),
		consequences,
		risk: riskOf(consequences, 'change'),
		preconditions: [preconditionOf(stable, deploymentRef(namespace, name), scaler === undefined ? 'all' : 'all but replicas'), ...others],
		verify,
		undo: {possible: true, how: `mkcoa undo sets ${name} back to what it was, by another rollout`},
	};
}

/** A canary is the stable Deployment again: a person wants to see in what it differs, not two hundred lines that are the same. */
function asCopyOf(stable: KubeObject, {change, after}: Prediction, schema: KubeSchema): Change {
	return {
		...change,
		fields: diffObjects(stable, after, schema).map(({owner: _, ...field}) => field),
		why: `a copy of ${refText(refOf(stable))} that differs in these fields`,
	};
}
