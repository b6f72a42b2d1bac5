const second = 1000;
const minute = 60 * second;

/** Flags of the controller manager, which no HorizontalPodAutoscaler shows. */
export type ControllerSettings = {
	/** `--horizontal-pod-autoscaler-tolerance` */
	readonly tolerance: number;
	/** `--horizontal-pod-autoscaler-cpu-initialization-period` */
	readonly cpuInitializationMs: number;
	/** `--horizontal-pod-autoscaler-initial-readiness-delay` */
	readonly initialReadinessMs: number;
	/** `--horizontal-pod-autoscaler-downscale-stabilization` */
	readonly downscaleStabilizationMs: number;
	/** `--horizontal-pod-autoscaler-sync-period` */
	readonly syncMs: number;
	/** Feature gates: HPAScaleToZero is off, the others are on by default since 1.34 and 1.35. */
	readonly scaleToZero: boolean;
	readonly configurableTolerance: boolean;
	readonly podLevelResources: boolean;
};

/** @see RecommendedDefaultHPAControllerConfiguration in pkg/controller/podautoscaler/config/v1alpha1 of kubernetes 1.36 */
export const defaultSettings: ControllerSettings = {
	tolerance: 0.1,
	cpuInitializationMs: 5 * minute,
	initialReadinessMs: 30 * second,
	downscaleStabilizationMs: 5 * minute,
	syncMs: 15 * second,
	scaleToZero: false,
	configurableTolerance: true,
	podLevelResources: true,
};
