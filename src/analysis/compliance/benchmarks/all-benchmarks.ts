import type {Benchmark} from '../benchmark.ts';
import {cisKubernetes} from './cis-kubernetes.ts';
import {cisAks, cisEks, cisGke} from './cis-managed.ts';
import {nsaHardening} from './nsa-hardening.ts';
import {podSecurityStandards} from './pod-security.ts';
import {soc2} from './soc2.ts';

/** By the names that a person types. */
export const benchmarks = {
	cis: cisKubernetes,
	eks: cisEks,
	gke: cisGke,
	aks: cisAks,
	nsa: nsaHardening,
	'pod-security': podSecurityStandards,
	soc2,
} as const satisfies {readonly [name: string]: Benchmark};

export type BenchmarkName = keyof typeof benchmarks;
export const benchmarkNames = Object.keys(benchmarks) as readonly BenchmarkName[] as readonly [BenchmarkName, ...BenchmarkName[]];
