import type {Consequence, Severity} from '../plan.ts';

const weight: {readonly [severity in Severity]: number} = {danger: 0, warning: 1, info: 2};

/** The gravest first; equally grave ones keep their order. */
export const gravestFirst = (consequences: readonly Consequence[]): readonly Consequence[] =>
	consequences.toSorted((left, right) => weight[left.severity] - weight[right.severity]);
