import {foldEvents} from '../../core/kube/folded-events.ts';
import {textAt} from '../../core/kube/json-at.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Survey} from '../detection/survey.ts';
import type {Seen} from '../timeline/timeline.ts';

/** Letters of generated names and of hashes of pod templates: no vowels, so that no word of a longer name passes for one. */
const letter = '[bcdfghjklmnpqrstvwxz2456789]';

const suffixes: {readonly [kind: string]: string} = {
	Deployment: `${letter}{1,10}-${letter}{5}`,
	StatefulSet: '[0-9]+',
	DaemonSet: `${letter}{5}`,
};

/** Warnings about pods of a workload that are there no more: after a remedy, they alone tell how it began. */
export function eventsOfTheGone(about: Ref, survey: Survey): readonly Seen[] {
	const suffix = suffixes[about.kind];
	if (suffix === undefined) return [];
	const isOfIt = new RegExp(`^${RegExp.escape(about.name)}-${suffix}$`);
	const telling = survey.all('Event', about.namespace).filter(event => {
		const name = textAt(event, 'involvedObject', 'name') ?? '';
		const isPod = textAt(event, 'involvedObject', 'kind') === 'Pod';
		return isPod && textAt(event, 'type') === 'Warning' && isOfIt.test(name) && survey.find('Pod', about.namespace, name) === undefined;
	});
	const byPod = Map.groupBy(telling, event => textAt(event, 'involvedObject', 'name') ?? '');
	return [...byPod].flatMap(([name, events]) =>
		foldEvents(events).map(
			({first, last, reason, message, count}): Seen => ({
				at: first,
				...(last === first ? {} : {until: last}),
				ref: {apiVersion: 'v1', kind: 'Pod', namespace: about.namespace, name},
				source: 'event',
				text: oneLine(`${reason}: ${message}`),
				count,
				isBad: true,
				isAround: false,
				others: 0,
			}),
		),
	);
}
