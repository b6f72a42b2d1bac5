import * as z from 'zod';
import {readAs, readOne} from '../http/read-as.ts';
import type {Wire} from '../http/wire.ts';
import {alertsAnswer, silenceAnswer, statusAnswer} from './answers.ts';
import type {Alertmanager, ManagedAlert, Silence} from './port.ts';

const silencesAnswer = z.array(silenceAnswer);

/**
 * Alertmanager over version 2 of its API, for reading.
 * @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export const alertmanager = (wire: Wire): Alertmanager => ({
	source: wire.server.source,
	readOnly: wire.readOnly,
	async alerts({matchers, receiver, active, silenced, inhibited, unprocessed} = {}) {
		const parameters = {filter: matchers ?? [], receiver, ...flags({active, silenced, inhibited, unprocessed})};
		return (await readAs(wire, {path: '/api/v2/alerts', parameters}, alertsAnswer, 'its alerts')).map(alertOf);
	},
	async silences(matchers = []) {
		return (await readAs(wire, {path: '/api/v2/silences', parameters: {filter: matchers}}, silencesAnswer, 'its silences')).map(silenceOf);
	},
	silence: id => readSilence(wire, id),
	async status() {
		const {versionInfo, uptime, cluster, config} = await readAs(wire, {path: '/api/v2/status'}, statusAnswer, 'its status');
		return {
			...{version: versionInfo.version, startedAtMs: Date.parse(uptime)},
			...{cluster: cluster.status, peers: cluster.peers?.length ?? 0, config: config.original},
		};
	},
});

/** One silence, also one that is over; undefined where there is none of that id. */
export async function readSilence(wire: Wire, id: string): Promise<Silence | undefined> {
	const found = await readOne(wire, {path: `/api/v2/silence/${encodeURIComponent(id)}`}, silenceAnswer, 'a silence');
	return found === undefined ? undefined : silenceOf(found);
}

const flags = (given: {readonly [name: string]: boolean | undefined}) =>
	Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === undefined ? undefined : String(value)]));

const alertOf = ({
	startsAt,
	endsAt,
	updatedAt,
	generatorURL,
	status,
	receivers,
	...alert
}: z.output<typeof alertsAnswer>[number]): ManagedAlert => ({
	...alert,
	...status,
	startsAtMs: Date.parse(startsAt),
	endsAtMs: Date.parse(endsAt),
	updatedAtMs: Date.parse(updatedAt),
	receivers: receivers.map(({name}) => name),
	generatorUrl: generatorURL,
});

const silenceOf = ({startsAt, endsAt, status: {state}, ...silence}: z.output<typeof silenceAnswer>): Silence => ({
	...silence,
	startsAtMs: Date.parse(startsAt),
	endsAtMs: Date.parse(endsAt),
	state,
});
