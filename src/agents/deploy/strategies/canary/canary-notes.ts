import type {Stage} from '../../../../analysis/canary/stages.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {count} from '../../../../core/text/count.ts';
import {objectsAt, textMapAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import type {Autoscaler} from '../../autoscaler.ts';
import {trackLabel} from '../../track-label.ts';
import {type MissedService, missedNotes} from '../../traffic/missed-services.ts';
import {allAtOnce} from '../all-at-once.ts';

type Asked = {
	readonly stable: KubeObject;
	readonly stages: readonly Stage[];
	readonly weights: readonly number[];
	readonly scaler: Autoscaler;
	/** Services that were meant to lead to it and do not. */
	readonly missed: readonly MissedService[];
	/** Whether numbers of pods decide on the share. */
	readonly isRatio: boolean;
};

const note = (id: string, severity: Consequence['severity'], text: string): Consequence => ({id, severity, text});

/** What a canary of this workload cannot do as well as it sounds, told before anybody says yes. */
export async function canaryNotes(
	cluster: Cluster,
	{stable, stages, weights, scaler, missed, isRatio}: Asked,
): Promise<readonly Consequence[]> {
	const ofMissed = missedNotes(missed, stable, 'danger');
	if (!isRatio)
		return [
			...ofMissingScaler(stable, scaler),
			...ofStrategy(stable, 'it serves nobody while it is promoted'),
			...ofVolumes(stable),
			...ofMissed,
		];
	const alone = stages.at(-1)?.canary ?? 0;
	return [
		...ofMissingScaler(stable, scaler),
		...ofAutoscaler(stable, scaler),
		...ofShares(weights, stages),
		...ofStrategy(stable, `while it is promoted ${count(alone, 'canary pod')} serve${alone === 1 ? 's' : ''} alone`),
		...ofVolumes(stable),
		...ofMissed,
		...(await ofServices(cluster, stable, missed)),
	];
}

const ofMissingScaler = ({metadata: {name}}: KubeObject, {notChecked}: Autoscaler): readonly Consequence[] =>
	notChecked === undefined
		? []
		: [note('not-checked', 'warning', `Not checked: ${notChecked}; an autoscaler of ${name} would put its number of pods back`)];

function ofAutoscaler({metadata: {name}}: KubeObject, {scaler}: Autoscaler): readonly Consequence[] {
	if (scaler === undefined) return [];
	return [
		note(
			'autoscaler-owns-replicas',
			'warning',
			`HorizontalPodAutoscaler ${scaler} owns the pods of ${name}: they stay, and the canary comes on top; it counts the canary's pods as ${name}'s while they are there`,
		),
	];
}

/** Traffic follows whole pods, so few pods meet a weight badly. */
function ofShares(weights: readonly number[], stages: readonly Stage[]): readonly Consequence[] {
	const asked = weights.filter(weight => weight < 100);
	const far = stages.flatMap(({weight, canary, stable, share}, index) => {
		// Weights that round to the same pods became one stage, named by the highest of them.
		const meant = asked.filter(each => each <= weight && each > (stages[index - 1]?.weight ?? 0));
		if (meant.every(each => Math.abs(share * 100 - each) < 2)) return [];
		return [`${meant.join(' and ')} % asked, ${canary} of ${canary + stable} pods = ${Math.round(share * 100)} %`];
	});
	return far.length === 0 ? [] : [note('share-by-pods', 'info', `Traffic follows whole pods: ${far.join('; ')}`)];
}

function ofStrategy(stable: KubeObject, meanwhile: string): readonly Consequence[] {
	const how = allAtOnce(stable);
	if (how === undefined) return [];
	const {name} = stable.metadata;
	return [
		note(
			how === 'Recreate' ? 'recreate-strategy' : 'all-at-once',
			'warning',
			how === 'Recreate'
				? `${name} is replaced all at once (Recreate): two versions run at the same time before that; ${meanwhile}`
				: `The strategy of ${name} (${how}) may take all its pods away at once; ${meanwhile}`,
		),
	];
}

function ofVolumes(stable: KubeObject): readonly Consequence[] {
	const claims = objectsAt(stable, 'spec', 'template', 'spec', 'volumes')
		.map(volume => wordAt(volume, 'persistentVolumeClaim', 'claimName'))
		.filter(claim => claim !== '');
	return claims.length === 0
		? []
		: [note('shared-volume', 'warning', `Both versions write to the same volume: PersistentVolumeClaim ${claims.join(', ')}`)];
}

/** A Service that tells the two apart sends the canary nothing: then its share is no share of traffic. */
async function ofServices(cluster: Cluster, stable: KubeObject, missed: readonly MissedService[]): Promise<readonly Consequence[]> {
	const {namespace, name} = stable.metadata;
	const {objects, notChecked} = await readNeighbours(cluster, namespace, ['services']);
	if (notChecked.length > 0)
		return notChecked.map(text => note('not-checked', 'warning', `Not checked: ${text}; whether traffic reaches the canary is not known`));
	const labels = textMapAt(stable, 'spec', 'template', 'metadata', 'labels');
	const behind = objects.filter(service => fitsMap(valueAt(service, 'spec', 'selector'), labels));
	const blind = behind.filter(service => !fitsMap(valueAt(service, 'spec', 'selector'), {...labels, [trackLabel]: 'canary'}));
	if (behind.length === 0 && missed.length > 0) return [];
	if (behind.length === 0)
		return [note('no-service', 'info', `No Service selects the pods of ${name}: their share is one of pods, not of requests`)];
	return blind.map(service =>
		note(
			'no-traffic-to-canary',
			'danger',
			`Service ${service.metadata.name} selects ${trackLabel}, so it sends the canary no traffic and it cannot be judged by it`,
		),
	);
}
