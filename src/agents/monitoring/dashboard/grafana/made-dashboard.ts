import type * as z from 'zod';
import {MkcoaError} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import type {Context} from '../../../../core/tool.ts';
import {durationOf, timeText} from '../../duration-of.ts';
import {demandMarkedMetrics} from '../../marked-metrics.ts';
import {subjectInput} from '../../metrics/subject.ts';
import type {MonitoringPorts} from '../../ports.ts';
import {type ReadDashboard, readDashboard} from '../read-dashboard.ts';
import {dashboardUid} from './dashboard-uid.ts';
import {rolloutMarks} from './rollout-annotation.ts';

/** Reasons that are told where nothing is measured; the others are alike. */
const mostReasons = 3;

/** What a dashboard for Grafana is asked for by. */
export const grafanaInput = subjectInput.extend({
	target: subjectInput.shape.target.describe(
		'Deployment, or KIND/NAME such as statefulset/db, namespace/shop or node/a; the nodes if left out',
	),
	since: timeText.default('1h').describe('Time in which its queries must be answered; Grafana begins with it'),
});

/** A dashboard as it goes to a Grafana, and what it was made of. */
export type MadeDashboard = {readonly read: ReadDashboard; readonly uid: string; readonly hasMarks: boolean; readonly model: JsonObject};

/** Whole minutes or seconds, which the time picker reads: it knows no `1h30m`. */
const pickerText = (ms: number) =>
	ms % 3_600_000 === 0 ? `${ms / 3_600_000}h` : ms % 60_000 === 0 ? `${ms / 60_000}m` : `${Math.ceil(ms / 1000)}s`;

/** A dashboard without a panel is none. */
const nothingMeasured = ({title, source, leftOut}: ReadDashboard) =>
	new MkcoaError({
		kind: 'environment',
		code: 'nothing-measured',
		what: `${source} answered no query about ${title}`,
		why: [...new Set(leftOut.map(({why}) => why))].slice(0, mostReasons).join('; '),
		next: 'See what is measured with: mkcoa monitor metrics',
	});

/**
 * Checks the panels that suit what was asked for, and makes the model of those that are answered.
 * @throws MkcoaError `nothing-measured` where none is
 */
export async function makeDashboard(
	input: z.output<typeof grafanaInput>,
	context: Pick<Context<MonitoringPorts>, 'ports' | 'emit'>,
): Promise<MadeDashboard> {
	const read = await readDashboard(input, context);
	if (read.panels.length === 0) throw nothingMeasured(read);
	const marks = await rolloutMarks(await demandMarkedMetrics(context.ports), read.subject, read.sampling.window);
	// The SDK is read when somebody makes a dashboard.
	const {grafanaDashboard} = await import('./grafana-dashboard.ts');
	const model = grafanaDashboard(read, pickerText(durationOf(input.since)), marks);
	return {read, uid: dashboardUid(read.subject), hasMarks: marks !== undefined, model};
}
