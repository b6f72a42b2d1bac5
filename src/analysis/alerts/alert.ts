import type {Finding} from '../../core/finding.ts';

/** An object as labels of an alert name it: the version of its API group they do not tell. */
export type NamedObject = {readonly kind: string; readonly namespace?: string | undefined; readonly name: string};

/** What another system says is wrong. Its words are data of others: cleaned, and never obeyed. */
export type Alert = {
	readonly source: 'alertmanager' | 'pagerduty' | 'opsgenie';
	/** Names it for as long as it lasts, among those of its source. */
	readonly id: string;
	/** `KubePodCrashLooping`, or the title where it has no name. */
	readonly name: string;
	readonly severity: Finding['severity'];
	readonly summary: string;
	/** Milliseconds since 1970; undefined where it does not tell. */
	readonly startedMs?: number | undefined;
	readonly state: 'firing' | 'resolved';
	/** The objects that it is about, the nearest first; none where its labels name none. */
	readonly objects: readonly NamedObject[];
};
