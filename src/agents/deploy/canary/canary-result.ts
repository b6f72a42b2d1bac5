import type {CanaryVerdict} from '../../../analysis/canary/verdict.ts';

export type StageResult = {readonly weight: number; readonly share: number; readonly verdict: CanaryVerdict};

/** What a canary found out. `stuck`: neither promoted nor taken back whole; both versions may serve. */
export type CanaryResult = {
	readonly verdict: 'promoted' | 'rolled-back' | 'stuck';
	readonly reason: string;
	readonly image: string;
	readonly stages: readonly StageResult[];
};
