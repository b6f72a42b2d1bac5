import type {Behavior} from './behavior.ts';
import type {ControllerSettings} from './settings.ts';

/** Parts of the target by which usage may miss it before anything is scaled. */
export type Tolerances = {readonly down: number; readonly up: number};

export const isWithin = ({down, up}: Tolerances, ratio: number): boolean => 1 - down <= ratio && ratio <= 1 + up;

/** The controller's own, or what the HorizontalPodAutoscaler says for a direction. */
export function tolerancesOf(
	behavior: Behavior | undefined,
	{tolerance, configurableTolerance}: Pick<ControllerSettings, 'tolerance' | 'configurableTolerance'>,
): Tolerances {
	if (!configurableTolerance) return {down: tolerance, up: tolerance};
	return {down: behavior?.scaleDown.tolerance ?? tolerance, up: behavior?.scaleUp.tolerance ?? tolerance};
}
