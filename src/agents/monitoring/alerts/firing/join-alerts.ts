import type {ManagedAlert, Silence} from '../../../../mcp/monitoring/alertmanager/port.ts';
import type {Labels, RuleAlert} from '../../../../mcp/monitoring/port.ts';

/** An alert as its server and Alertmanager tell it together. */
export type ActiveAlert = {
	readonly name: string;
	readonly severity: string;
	/** `pending`: its condition holds, and not for long enough yet. */
	readonly state: 'firing' | 'pending';
	readonly sinceMs: number;
	readonly labels: Labels;
	readonly summary: string;
	readonly runbook: string | undefined;
	/** Silences that keep it from being told. */
	readonly silences: readonly Pick<Silence, 'id' | 'createdBy' | 'comment' | 'endsAtMs'>[];
	/** Another alert explains it. */
	readonly isInhibited: boolean;
	/** Whom Alertmanager tells; none where it does not know the alert. */
	readonly receivers: readonly string[];
	/** How often it was active in the time that was asked for; undefined where the server does not keep that. */
	readonly times: number | undefined;
};

type Told = {
	readonly alerts: readonly RuleAlert[];
	readonly managed: readonly ManagedAlert[];
	readonly silences: readonly Silence[];
	/** Activations by labels, the name among them. */
	readonly history: readonly {readonly labels: Labels; readonly times: number}[];
};

const holds = (whole: Labels, part: Labels) => Object.entries(part).every(([name, value]) => whole[name] === value);

/** Alertmanager's labels are those of the alert and the external ones of the server. */
export function joinAlerts({alerts, managed, silences, history}: Told): readonly ActiveAlert[] {
	const left = new Set(managed);
	const timesOf = (labels: Labels) => history.find(each => holds(labels, each.labels) && holds(each.labels, labels))?.times;
	const own = alerts.map((alert): ActiveAlert => {
		const told = managed.find(each => holds(each.labels, alert.labels));
		if (told !== undefined) left.delete(told);
		return {
			...about(alert),
			...{state: alert.state === 'pending' ? 'pending' : 'firing', sinceMs: alert.activeAtMs, times: timesOf(alert.labels)},
			...managing(told, silences),
		};
	});
	const others = [...left].map(
		(told): ActiveAlert => ({...about(told), state: 'firing', sinceMs: told.startsAtMs, times: undefined, ...managing(told, silences)}),
	);
	return [...own, ...others].sort((a, b) => rank(a) - rank(b) || b.sinceMs - a.sinceMs);
}

const about = ({labels, annotations}: Pick<RuleAlert, 'labels' | 'annotations'>) => ({
	...{name: labels.alertname ?? '', severity: labels.severity ?? '', labels},
	summary: annotations.summary ?? annotations.description ?? annotations.message ?? '',
	runbook: annotations.runbook_url,
});

function managing(told: ManagedAlert | undefined, silences: readonly Silence[]) {
	const {silencedBy = [], inhibitedBy = [], receivers = []} = told ?? {};
	const known = (id: string) => silences.find(silence => silence.id === id) ?? {id, createdBy: '', comment: '', endsAtMs: Number.NaN};
	return {silences: silencedBy.map(known), isInhibited: inhibitedBy.length > 0, receivers};
}

const severities = ['critical', 'page', 'error', 'warning', 'info'];

/** What somebody should look at comes first: what is told, the gravest first; then what is kept quiet; then what only may come. */
function rank({severity, state, silences, isInhibited}: ActiveAlert): number {
	const quiet = state === 'pending' ? 200 : silences.length > 0 || isInhibited ? 100 : 0;
	const grave = severities.indexOf(severity);
	return quiet + (grave < 0 ? severities.length : grave);
}
