import {useApp, useInput, useWindowSize} from 'ink';
import {useCallback, useEffect, useRef, useState} from 'react';
import type {Decision} from '../core/decision.ts';
import {keyPress} from './key-press.ts';
import {answeredLines, type Question, reviewLayout} from './review-layout.ts';
import {offersOf, type ReviewServices, serve} from './review-services.ts';
import {firstReview, type Review, reduceReview} from './review-state.ts';
import {StyledLines} from './styled-lines.tsx';
import type {Theme} from './theme.ts';

type Props = {
	readonly question: Question;
	readonly theme: Theme;
	readonly services: ReviewServices;
	/** Whether the plan has been on the screen long enough for a key to be an answer to it. */
	readonly isSettled: () => boolean;
	/** Called once, when the collapsed line is on the screen. */
	readonly onDecision: (decision: Decision) => void;
};

/** The review as the person works with it. Keys that arrive in one burst are reduced one after the other, each on the state before it. */
export function ReviewApp({question, theme, services, isSettled, onDecision}: Props) {
	const {columns, rows} = useWindowSize();
	const {exit, suspendTerminal} = useApp();
	const [review, setReview] = useState<Review>(firstReview);
	const latest = useRef(review);
	const show = useCallback((next: Review) => {
		latest.current = next;
		setReview(next);
	}, []);
	const layout = review.state === 'answered' ? undefined : reviewLayout(question, review, {columns, rows}, offersOf(services));
	useInput((text, key) => {
		const press = keyPress(text, key);
		const current = latest.current;
		if (current.state === 'answered') return;
		const {situation} = reviewLayout(question, current, {columns, rows}, offersOf(services));
		const next = reduceReview(current, press, situation);
		const isYes = next.state === 'answered' && next.decision.kind === 'approve';
		if (isYes && !isSettled()) return;
		show(next);
	});
	const {state} = review;
	useEffect(() => {
		if (state !== 'rehearsing' && state !== 'editing') return;
		const abort = new AbortController();
		void serve(latest.current, question.plan, services, suspendTerminal, abort.signal).then(after => {
			if (!abort.signal.aborted) show(after(latest.current));
		});
		// The answer does not wait for the rehearsal.
		return () => abort.abort();
	}, [state, question, services, suspendTerminal, show]);
	useEffect(() => {
		if (review.state !== 'answered') return;
		onDecision(review.decision);
		exit();
	}, [review, onDecision, exit]);
	const lines = layout?.lines ?? (review.state === 'answered' ? answeredLines(question, review.decision, columns) : []);
	return <StyledLines lines={lines} theme={theme} />;
}
