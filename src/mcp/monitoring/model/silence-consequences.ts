import type {Consequence} from '../../../core/plan.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import type {ManagedAlert, Matcher, Silence} from '../alertmanager/port.ts';

/** Longer than this, a silence is forgotten: the shift that made it is over. */
const longMs = 24 * 3_600_000;
/** Severities that wake somebody. */
const grave = new Set(['critical', 'page', 'emergency', 'disaster']);
const mostLetters = 120;

/** A regular expression that every text fits. */
const fitsAnything = (value: string) => /^\^?(?:\(\?:|\()?(?:\.\*|\.\+)+\)?\$?$/.test(value);

/** Whether matchers tell no alert from another. */
export const fitsEverything = (matchers: readonly Matcher[]): boolean =>
	matchers.every(({value, isRegex, isEqual}) => (isEqual ? isRegex && fitsAnything(value) : value === ''));

/** Whether an alert without any label would fit: such a silence Alertmanager refuses. */
export const fitsNothingness = (matchers: readonly Matcher[]): boolean =>
	matchers.every(({value, isRegex, isEqual}) => (isRegex ? fitsEmpty(value) : value === '') === isEqual);

function fitsEmpty(value: string): boolean {
	try {
		return new RegExp(`^(?:${value})$`).test('');
	} catch {
		// A form that only the server's language knows: it says itself what it refuses.
		return false;
	}
}

type Around = {
	readonly matchers: readonly Matcher[];
	readonly lastsMs: number;
	/** Alerts that are there now. */
	readonly alerts: readonly ManagedAlert[];
	/** Those of them that fit. */
	readonly fitting: readonly ManagedAlert[];
	/** Silences that are not over. */
	readonly silences: readonly Silence[];
};

/** What follows from a silence, computed from the alerts and silences that there are. */
export const silenceConsequences = (around: Around): readonly Consequence[] => [
	...breadth(around),
	...silencedNow(around),
	...graveOnes(around),
	...length(around),
	...overlaps(around),
];

const told = (severity: Consequence['severity'], id: string, text: string): Consequence => ({id, severity, text});
const nameOf = ({labels}: ManagedAlert) => shortLine(labels.alertname ?? '', mostLetters);
const namesOf = (alerts: readonly ManagedAlert[]) => someOf([...new Set(alerts.map(nameOf))]);

function breadth({matchers, alerts, fitting}: Around): readonly Consequence[] {
	if (fitsEverything(matchers))
		return [told('danger', 'silences-everything', 'It matches every alert there is: nobody is told of anything')];
	if (alerts.length < 2 || fitting.length < alerts.length) return [];
	return [told('warning', 'silences-all-firing', 'It matches every alert that is there now')];
}

function silencedNow({fitting}: Around): readonly Consequence[] {
	const fresh = fitting.filter(({state}) => state !== 'suppressed');
	if (fitting.length === 0) return [told('info', 'silences-none-yet', 'No alert that is there now fits it: it is for what may come')];
	if (fresh.length === 0) return [told('info', 'silenced-already', 'All that fit it are silenced or inhibited already')];
	return [
		told(
			'info',
			'silences-now',
			`Silences ${count(fresh.length, 'alert')} that ${fresh.length === 1 ? 'fires' : 'fire'} now: ${namesOf(fresh)}`,
		),
	];
}

function graveOnes({matchers, fitting}: Around): readonly Consequence[] {
	const alerts = fitting.filter(({labels}) => grave.has(labels.severity ?? ''));
	if (alerts.length > 0)
		return [
			told('warning', 'silences-grave', `${namesOf(alerts)} ${alerts.length === 1 ? 'is' : 'are'} of a severity that wakes somebody`),
		];
	const asked = matchers.some(({name, value, isEqual}) => name === 'severity' && isEqual && value.split('|').some(one => grave.has(one)));
	return asked ? [told('warning', 'silences-grave', 'It matches alerts of a severity that wakes somebody')] : [];
}

const length = ({lastsMs}: Around): readonly Consequence[] =>
	lastsMs <= longMs ? [] : [told('warning', 'silences-long', 'It lasts longer than a day: whoever made it may have forgotten it by then')];

function overlaps({fitting, silences}: Around): readonly Consequence[] {
	const ids = new Set(fitting.flatMap(({silencedBy}) => silencedBy));
	const others = silences.filter(({id, state}) => ids.has(id) && state !== 'expired');
	if (others.length === 0) return [];
	const which = someOf(others.map(({id, endsAtMs}) => `${id} until ${new Date(endsAtMs).toISOString()}`));
	return [
		told(
			'info',
			'silences-overlap',
			`${count(others.length, 'silence')} of others ${others.length === 1 ? 'stands' : 'stand'} for the same alerts: ${which}`,
		),
	];
}
