import {canonicalJson} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {ownerText} from '../ownership/owner-notes.ts';
import {ownersOf} from '../ownership/owners-of.ts';
import {chosenRevision, revisionOf, revisionsOf, templateOf} from '../rollout/revisions.ts';
import {templateNow} from '../strategies/rolling/new-version.ts';
import {isArgoPromoted} from './argo/argo-action.ts';
import type {ControlledBackend} from './backend.ts';
import {templateHolder, templateWrite} from './change-version.ts';
import {type Control, nothingToDo, notPossible} from './control.ts';
import {flaggerPhase, flaggerTimes, isFlaggerUnderWay} from './flagger/flagger-progress.ts';
import {kruisePhase, kruiseStatusKey} from './kruise/kruise-progress.ts';

/**
 * Returns a workload that a controller rolls out to an earlier pod template. Only reads.
 * @param to revision; the one that serves beside a rollout under way, else the one before, if left out
 * @throws `no-such-revision` with the ones that there are, `not-possible` for workloads without numbered revisions
 */
export async function rollbackControl(cluster: Cluster, backend: ControlledBackend, to: number | undefined): Promise<Control> {
	const holder = templateHolder(backend);
	const known = refText(refOf(holder));
	const isArgo = backend.kind === 'argo-rollout';
	if (!isArgo && holder.kind !== 'Deployment')
		throw notPossible(
			`${known} has no numbered revisions`,
			`a ${holder.kind} keeps none that mkcoa reads`,
			`Give it the version before by its image: mkcoa deploy canary ${holder.kind.toLowerCase()}/${holder.metadata.name} --image IMAGE`,
		);
	const numbered = isArgo ? backend.controller : holder;
	const sets = await revisionsOf(cluster, numbered, holder);
	const serving = to === undefined ? await servingSet(cluster, backend, sets) : undefined;
	const set = serving ?? chosenRevision(sets, numbered, to);
	const [revision, now] = [revisionOf(set), revisionOf(numbered)];
	if (revision === now) return nothingToDo(`${known} is at revision ${now} already`, String(now));
	if (canonicalJson(templateOf(set)) === canonicalJson(templateNow(holder)))
		return nothingToDo(`${known} has the pod template of revision ${revision} already`, String(now));
	return {
		summary: `Roll ${known} back from revision ${now} to ${revision}`,
		steps: [
			{
				title: `Give ${known} the pod template of revision ${revision} (${imagesOf(set).join(', ')})`,
				writes: [templateWrite(holder, [{op: 'replace', path: '/spec/template', value: templateOf(set)}])],
			},
		],
		notes: [
			{id: 'template-alone', severity: 'info', text: 'ConfigMaps and Secrets are not part of a revision and stay as they are'},
			howItGoes(backend, set === serving),
			...(await aheadInGit(cluster, holder, now)),
		],
		verify: [`Its controller rolls revision ${revision} out`],
		undo: {possible: true, how: 'mkcoa undo sets the pod template back, and the controller rolls that out'},
		at: `${now} to ${revision}`,
		// Flagger leaves a failed canary as it is when its target gets the version of the primary again.
		until: backend.kind === 'flagger' && set === serving && !isFlaggerUnderWay(backend.controller) ? 'nothing' : 'rest',
	};
}

/** The revision of the version that serves while another one is rolled out or failed; undefined where nothing is under way. */
async function servingSet(cluster: Cluster, backend: ControlledBackend, sets: readonly KubeObject[]): Promise<KubeObject | undefined> {
	const {kind, controller, workload} = backend;
	const labelled = (label: string, value: string | undefined) =>
		value === undefined ? undefined : sets.findLast(set => textMapAt(set, 'metadata', 'labels')[label] === value);
	if (kind === 'argo-rollout')
		return isArgoPromoted(controller) ? undefined : labelled('rollouts-pod-template-hash', textAt(controller, 'status', 'stableRS'));
	if (kind === 'kruise')
		return kruisePhase(controller) === 'Progressing'
			? labelled('pod-template-hash', textAt(controller, 'status', kruiseStatusKey(controller), 'stableRevision'))
			: undefined;
	if (workload === undefined || !(isFlaggerUnderWay(controller) || flaggerPhase(controller) === 'Failed')) return undefined;
	const primary = await cluster.get({...refOf(workload), name: `${workload.metadata.name}-primary`});
	if (primary === undefined) return undefined;
	const images = imagesOf(primary).join();
	return sets.findLast(set => revisionOf(set) < revisionOf(workload) && imagesOf(set).join() === images);
}

function howItGoes({kind, controller}: ControlledBackend, isServing: boolean): Consequence {
	const words = {
		'argo-rollout': isServing
			? 'It is the stable version, which serves: no step is run again'
			: 'It runs through every step again, but for a revision inside its rollbackWindow',
		flagger: !isServing
			? `Flagger analyses it like any other version: ${flaggerTimes(controller)}`
			: isFlaggerUnderWay(controller)
				? 'Flagger takes it for a rollback by hand: the canary gets the old version, and the analysis goes on with it to its end'
				: 'Flagger takes it for a rollback by hand and rolls nothing out: the primary has this version; the phase stays Failed until the next version',
		kruise: isServing ? 'Kruise takes the canary back at once, without steps' : 'Kruise rolls it out by its steps, like any other version',
	};
	return {id: 'how-it-goes', severity: 'info', text: words[kind], ref: refOf(controller)};
}

/** Where the wanted state is kept elsewhere, a rollback in the cluster leaves it one version ahead. */
async function aheadInGit(cluster: Cluster, holder: KubeObject, now: number): Promise<readonly Consequence[]> {
	const owners = await ownersOf(cluster, holder);
	return owners.map(owner => ({
		id: 'git-stays-ahead',
		severity: 'warning',
		text: `${ownerText(owner)} still asks for what is revision ${now} here: return it there too, or its next sync rolls that out again`,
		ref: refOf(holder),
	}));
}
