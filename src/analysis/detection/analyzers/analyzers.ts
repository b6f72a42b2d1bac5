import type {Analyzer} from '../analyzer.ts';

/** Every analyzer, one for each family. */
export const analyzers: readonly Analyzer[] = [];
