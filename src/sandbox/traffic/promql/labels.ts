import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Labels} from '../series.ts';

/** One text for one set of labels, to group by. */
export const labelsKey = oncePerObject((labels: Labels) =>
	Object.keys(labels)
		.sort()
		.map(name => `${name}\u0000${labels[name]}`)
		.join('\u0001'),
);

export const only = (labels: Labels, names: readonly string[]): Labels =>
	Object.fromEntries(Object.entries(labels).filter(([name, value]) => names.includes(name) && value !== ''));

export const without = (labels: Labels, names: readonly string[]): Labels =>
	Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));

/** The labels of what is computed of a metric, and is no longer that metric. */
export const unnamed = oncePerObject((labels: Labels) => without(labels, ['__name__']));
