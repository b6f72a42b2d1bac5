import type {Incident} from '../../../analysis/detection/incident.ts';
import type {Finding, FoundRemedy} from '../../../core/finding.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {toldIncident} from '../told-incident.ts';
import {commandOf, sureWay, type Way, waysOf} from './ways-of.ts';

/**
 * An incident as a person is offered it: each way out is the call that `incident fix` makes, so that it leads to the same plan.
 * @param namespace the only one that was looked at; undefined for all of them
 */
export function offeredIncident(incident: Incident, namespace: string | undefined): Finding {
	const {remedy: _, choices: __, ...told} = toldIncident(incident);
	const ways = waysOf(incident);
	const one = sureWay(ways) ?? (ways.length === 1 ? ways[0] : undefined);
	const offered = (way: Way): FoundRemedy => ({
		tool: 'auto_recovery',
		input: {
			incident: incident.key,
			...(namespace === undefined ? {} : {namespace}),
			...(way === sureWay(ways) ? {} : {choice: String(way.number)}),
		},
		text: oneLine(way.remedy.text.en),
		command: commandOf(incident, way, ways),
	});
	return {
		...told,
		...(one === undefined ? {} : {remedy: offered(one)}),
		...(ways.length > 1 ? {choices: ways.map(offered)} : {}),
	};
}
