import {systemClock} from '../../core/clock.ts';
import type {IncidentRecord} from '../../core/incident-record.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {createRedactor} from '../../core/secrets/redact.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {noSuchIncident} from '../../state/incident-store.ts';
import type {Host} from '../host.ts';
import {withState} from '../with-state.ts';
import {type ActionCall, answer} from './answer.ts';

type Change = (record: IncidentRecord, at: string) => Omit<IncidentRecord, 'id'>;

/** A note as it is kept: one line, without what looks like a secret. */
const noted = (text: string) => createRedactor().text(oneLine(text));

/** Writes into the record of one incident. Nothing of the cluster is touched, so there is no plan to see. */
const changed = (
	call: ActionCall,
	host: Host,
	{change, told}: {readonly change: Change; readonly told: (record: IncidentRecord) => string},
) =>
	withState(call, host, async state => {
		const word = call.values.incident ?? '';
		const found = await state.incidents.find(word);
		if (found === undefined) throw noSuchIncident(word);
		const at = new Date(systemClock().now()).toISOString();
		const {note} = call.values;
		const record = await state.incidents.change(found.id, before => {
			const after = change(before, at);
			return note === undefined ? after : {...after, notes: [...after.notes, {at, by: host.user, text: noted(note)}]};
		});
		await answer(host.streams, call.options, record, () => told(record));
	});

/** Notes that the person looks after an incident; the first who says so keeps the time. */
export const incidentAck = (call: ActionCall, host: Host): Promise<ExitCode> =>
	changed(call, host, {
		change: ({id: _, ...record}, at) => ({
			...record,
			acknowledgedAt: record.acknowledgedAt ?? at,
			acknowledgedBy: record.acknowledgedBy ?? host.user,
			owner: record.owner ?? host.user,
		}),
		told: ({id, title, owner}) => `✓ ${id} is with ${owner}: ${title}`,
	});

/** Notes who looks after an incident from now on. */
export const incidentHandover = (call: ActionCall, host: Host): Promise<ExitCode> => {
	const person = oneLine(call.values.person ?? '');
	return changed(call, host, {
		change: ({id: _, ...record}, at) => ({
			...record,
			acknowledgedAt: record.acknowledgedAt ?? at,
			acknowledgedBy: record.acknowledgedBy ?? host.user,
			owner: person,
			notes: [...record.notes, {at, by: host.user, text: `handed over from ${record.owner ?? 'nobody'} to ${person}`}],
		}),
		told: ({id, title}) => `✓ ${id} is with ${person} from now on: ${title}`,
	});
};
