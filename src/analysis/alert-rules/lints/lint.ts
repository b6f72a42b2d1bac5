import type {Expression, Place} from '../promql/expression.ts';
import type {Labels, Rule} from '../rule.ts';

/** `error`: the rule does not do what it says. `warning`: it probably does not. `info`: it could be better. */
type LintSeverity = 'error' | 'warning' | 'info';

/** What is wrong with a rule, where, why, and what to do. `at` is a place in the text of `field`. */
export type LintFinding = {
	readonly id: string;
	readonly severity: LintSeverity;
	readonly rule: string;
	readonly field: 'expr' | 'for' | 'labels' | 'annotations' | 'name';
	readonly at?: Place | undefined;
	readonly reason: string;
	readonly remedy: string;
};

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';

/** What is known of the source. Without series nothing is said of metrics and labels that there may not be. */
export type Knowledge = {
	/** Series that there are, the metric's name as `__name__`. */
	readonly series?: readonly Labels[];
	readonly types?: {readonly [metric: string]: MetricType};
	readonly scrapeMs: number;
	readonly evaluationMs: number;
};

/** A rule that could be read. */
export type ReadRule = {readonly name: string; readonly rule: Rule; readonly expression: Expression};

/** A lint says nothing of what it does not understand. */
export type Lint = (read: ReadRule, facts: Facts) => readonly Said[];
export type Said = Omit<LintFinding, 'rule'>;

/** The knowledge as lints ask for it. */
export type Facts = {
	readonly scrapeMs: number;
	readonly evaluationMs: number;
	/** The names of all metrics, those that rules record among them; undefined where they are not known. */
	readonly metrics: ReadonlySet<string> | undefined;
	/** The series of a metric; undefined where it is recorded or not known. */
	readonly seriesOf: (metric: string) => readonly Labels[] | undefined;
	readonly typeOf: (metric: string) => MetricType;
};
