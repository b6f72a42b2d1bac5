/** One entry of `status.conditions`. */
export type Condition = {
	readonly type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited' | 'ScaledToZero';
	readonly status: boolean;
	readonly reason: string;
	readonly message: string;
};

/** Conditions in the order in which they first came up, each with its latest word. */
export const withCondition = (conditions: readonly Condition[], set: Condition): readonly Condition[] => {
	const at = conditions.findIndex(({type}) => type === set.type);
	return at === -1 ? [...conditions, set] : conditions.with(at, set);
};

export const without = (conditions: readonly Condition[], type: Condition['type']): readonly Condition[] =>
	conditions.filter(condition => condition.type !== type);

export const isTrue = (conditions: readonly Condition[], type: Condition['type']): boolean =>
	conditions.some(condition => condition.type === type && condition.status);
