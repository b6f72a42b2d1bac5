import type {Labels, RecordingRule, RuleSeverity} from '../rule.ts';
import type {CatalogueSettings} from './settings.ts';

/** An alert of the catalogue, before a cluster's changes. */
export type CatalogueAlert = {
	readonly name: string;
	readonly severity: RuleSeverity;
	/** Labels beside the severity. */
	readonly labels?: Labels;
	/** How long it must hold; at once where it is left out. */
	readonly for?: string;
	/** What `expr` compares with, in the unit that `expr` has. */
	readonly threshold?: number;
	/** The condition; `threshold` is 0 for an alert without one. */
	readonly expr: (threshold: number) => string;
	readonly summary: string;
	/** With the alert's labels as Prometheus' templates write them. */
	readonly description: string;
	/** What to look at first, for the page that the alert links to. */
	readonly look: string;
};

/** What is watched of one part of a cluster. Recordings come before the alerts that use them. */
type Area = {readonly name: string; readonly recordings?: readonly RecordingRule[]; readonly alerts: readonly CatalogueAlert[]};
export type AreaOf = (settings: CatalogueSettings) => Area;
