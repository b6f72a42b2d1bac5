import {typedKey} from '../../../analysis/detection/incident.ts';
import {faultClasses} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {JournalEntry} from '../../../core/journal.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import type {Context} from '../../../core/tool.ts';
import type {ReportPorts} from '../ports.ts';
import {incidentsNamed, namespaceOfKey, noSuchIncident, writtenOut} from '../recovery/find-incident.ts';
import {type Look, lookAt} from '../recovery/look.ts';
import {type Recovery, recoverySchema} from '../recovery-output.ts';
import {type ToldIncident, toldIncident} from '../told-incident.ts';

/** What a report is about: an incident as it was told, whether it is there now, and the run that was to mend it. */
export type Subject = {
	readonly key: string;
	readonly fault: string;
	/** As it is now, or as it was before the run; absent where the run kept nothing of it. */
	readonly incident: ToldIncident | undefined;
	readonly isThere: boolean;
	readonly recovery: (Pick<Recovery, 'result'> & {readonly endedAt: string | undefined}) | undefined;
	readonly look: Look;
};

const isRecovery = ({plan}: JournalEntry) => plan.tool === 'auto_recovery';
const keyIn = ({plan}: JournalEntry) => textAt(plan.input, 'incident') ?? '';

/** An incident that a run was to mend, by what the journal keeps of it. */
async function pastSubject(entry: JournalEntry, context: Context<ReportPorts>): Promise<Subject> {
	const key = keyIn(entry);
	const [outcome, look] = await Promise.all([context.ports.journal.outcome(entry.id), lookAt(namespaceOfKey(key), context)]);
	const kept = recoverySchema.safeParse(outcome !== undefined && 'output' in outcome ? outcome.output : undefined);
	const now = look.detection.incidents.find(each => each.key === key);
	return {
		key,
		fault: textAt(entry.plan.input, 'fault') ?? '',
		incident: now === undefined ? kept.data?.incident : toldIncident(now),
		isThere: now !== undefined,
		recovery: kept.success ? {result: kept.data.result, endedAt: entry.endedAt} : undefined,
		look,
	};
}

/** What a person may call an incident that a run was to mend: its key, its class, or the object that was wrong. */
function namesOfRun(entry: JournalEntry): readonly string[] {
	const key = keyIn(entry);
	const [fault = '', place = ''] = key.split(':');
	const [kind = '', ...rest] = place.split('/');
	const name = rest.at(-1) ?? '';
	return [key, typedKey(key), fault, place, `${kind}/${name}`, name].map(text => text.toLowerCase());
}

const notARecovery = ({id, plan}: JournalEntry) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-recovery',
		what: `${id} mended no incident`,
		why: `it is a run of ${plan.tool}: ${plan.summary}`,
		next: 'Name a run of mkcoa incident fix (see mkcoa history), an incident, or KIND/NAME',
	});

const nothingToReport = (where: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'nothing-to-report',
		what: `There is no incident in ${where} to report`,
		why: 'nothing is found wrong there, and mkcoa has mended nothing of it',
		next: 'See what was looked at with: mkcoa incident detect',
	});

/**
 * What is asked for: what is wrong now by key, class or object, a run of the journal, or the last run against an incident that is over. The gravest, or the last
 * run, where nothing is named.
 * @param history what mkcoa changed in this cluster, newest first
 * @throws MkcoaError where it is neither
 */
export async function reportSubject(
	asked: string,
	namespace: string | undefined,
	{history, context}: {readonly history: readonly JournalEntry[]; readonly context: Context<ReportPorts>},
): Promise<Subject> {
	const written = await writtenOut(asked, context.ports.cluster);
	const run = history.find(({id}) => id === asked);
	const look = run === undefined ? await lookAt(namespace ?? namespaceOfKey(written), context) : undefined;
	const [found] = look === undefined ? [] : incidentsNamed(look.detection.incidents, written);
	if (look !== undefined && found !== undefined)
		return {key: found.key, fault: found.cause.id, incident: toldIncident(found), isThere: true, recovery: undefined, look};
	const past = run ?? history.find(entry => isRecovery(entry) && (written === '' || namesOfRun(entry).includes(written.toLowerCase())));
	if (past === undefined) {
		const where = namespace === undefined ? 'this cluster' : `namespace ${namespace}`;
		throw asked === '' ? nothingToReport(where) : noSuchIncident(look?.detection.incidents ?? [], asked, where);
	}
	if (!isRecovery(past)) throw notARecovery(past);
	return pastSubject(past, context);
}

/** The title of a fault; its id where a later version no longer knows it. */
export const titleOf = (fault: string): string => faultClasses.get(fault)?.title ?? fault;
