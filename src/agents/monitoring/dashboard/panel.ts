import type {MeasuredUnit} from '../../../core/text/measured-text.ts';

/** What Grafana writes into a query for the time that a rate looks back: at least four scrapes, however far it is zoomed out. */
export const rateInterval = '$__rate_interval';
/** What Grafana writes into a query for the namespace that is looked at. */
export const namespaceVariable = '$namespace';

/** From where on a value is no longer well. */
export type Threshold = {readonly at: number; readonly level: 'warn' | 'bad'};

/** PromQL with the variables above, and what tells its series apart: plain words, or a label as `{{pod}}`. */
export type Choice = {readonly promql: string; readonly legend: string};

/** One thing that a panel draws. */
export type PanelLine = {
	readonly name: string;
	/** The first that a server answers is taken. */
	readonly choices: readonly Choice[];
	/** What would have to be there. */
	readonly needs: string;
	/** That others are held against, such as a limit: drawn in dots, and no reason for a panel of its own. */
	readonly isBound?: boolean;
};

/** A panel before anybody asked whether its queries are answered. */
export type PanelDraft = {
	readonly name: string;
	readonly title: string;
	/** Panels of a section stand together. */
	readonly section: string;
	readonly unit: MeasuredUnit;
	/** What it tells, for whoever sees it first. */
	readonly about: string;
	readonly lines: readonly PanelLine[];
	readonly thresholds: readonly Threshold[];
};

/** The query as a server takes it. */
export const concreteQuery = (promql: string, {namespace, window}: {readonly namespace: string; readonly window: string}) =>
	promql.replaceAll(rateInterval, window).replaceAll(namespaceVariable, namespace);

/** What a series is called, by the labels that its line names. */
export const legendText = (legend: string, labels: {readonly [name: string]: string}) =>
	legend.replace(/\{\{(\w+)\}\}/g, (_, label: string) => {
		const value = labels[label] ?? '';
		// Whatever port it is scraped at.
		return label === 'instance' ? value.replace(/:\d+$/, '') : value;
	});
