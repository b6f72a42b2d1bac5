import type {Finding} from '../../../core/finding.ts';
import type {Ref} from '../../../core/kube/kube-object.ts';
import type {Alert, NamedObject} from '../../alerts/alert.ts';
import {lastWrite} from '../../diagnosis/last-write.ts';
import type {Incident} from '../incident.ts';
import type {Survey} from '../survey.ts';

/** One thing that is wrong, as a watch follows it: an incident with the alerts that tell of it too, or an alert that no incident explains. */
export type Watched = {
	readonly key: string;
	readonly severity: Finding['severity'];
	readonly incident?: Incident | undefined;
	/** As an earlier watch wrote it down, where this one has not seen it. */
	readonly title?: string | undefined;
	readonly alerts: readonly Alert[];
	/** When the object where the fault lies was written last, where that was a moment ago: since then it is so. */
	readonly beganMs?: number | undefined;
};

/** What was written earlier than this is not why something broke now. */
const recentMs = 10 * 60_000;

const alertKey = ({source, id}: Alert) => `alert-only:${source}/${id}`;
const isSame = (object: NamedObject, ref: Ref) =>
	object.kind === ref.kind && object.name === ref.name && (ref.namespace === undefined || object.namespace === ref.namespace);

/** The object, and whatever owns it that was read. */
function withOwners(object: NamedObject, survey: Survey): readonly NamedObject[] {
	const found = survey.find(object.kind, object.namespace, object.name);
	if (found === undefined) return [object];
	const {kind, metadata} = survey.topOf(found);
	return [object, {kind, namespace: metadata.namespace, name: metadata.name}];
}

/** Where an incident touches an object: in itself, in what it shows in, in what it hits; the smaller the nearer. */
function nearness({cause, symptoms, impact}: Incident, objects: readonly NamedObject[]): number | undefined {
	const rings = [[cause.resource], symptoms.map(({resource}) => resource), [...(cause.hurts ?? []), ...impact]];
	const ring = rings.findIndex(refs => refs.some(ref => objects.some(object => isSame(object, ref))));
	return ring < 0 ? undefined : ring;
}

function changedRecently({cause: {resource}}: Incident, survey: Survey): number | undefined {
	const {atMs} = lastWrite(survey.find(resource.kind, resource.namespace, resource.name));
	return survey.nowMs - atMs < recentMs ? atMs : undefined;
}

/** Joins each alert that fires to the nearest incident that touches an object of its own, the gravest of those as near; the rest stand for themselves. */
export function joinAlerts(incidents: readonly Incident[], alerts: readonly Alert[], survey: Survey): readonly Watched[] {
	const joined = new Map<Incident, Alert[]>();
	const alone = alerts.filter(alert => {
		const objects = alert.objects.flatMap(object => withOwners(object, survey));
		const near = incidents.flatMap(incident => {
			const ring = nearness(incident, objects);
			return ring === undefined ? [] : [{incident, ring}];
		});
		// Incidents come gravest first, and sorting keeps that order.
		const [nearest] = near.toSorted((a, b) => a.ring - b.ring);
		if (nearest !== undefined) joined.set(nearest.incident, [...(joined.get(nearest.incident) ?? []), alert]);
		return nearest === undefined;
	});
	return [
		...incidents.map(incident => ({
			key: incident.key,
			severity: incident.severity,
			incident,
			alerts: joined.get(incident) ?? [],
			beganMs: changedRecently(incident, survey),
		})),
		...alone.map(alert => ({key: alertKey(alert), severity: alert.severity, alerts: [alert]})),
	];
}
