import { t as formatDuration } from "./duration-Ctjd7fX0.js";

// src/render/step-remarks.ts
/**
* What Quoderat itself saw of steps whose exit code says little, by step id: `200 in 84 ms, body matched` of a probe,
* `ready after 1.2 s, ran 40.0 s` of a service. As recorded, so a stranger's text.
*/
function toStepRemarks({ execution, observations }) {
	const seen = new Map(observations.map((observation) => [observation.id, observation]));
	return new Map(execution.steps.flatMap(({ id, kind, attempt, duration_ms }) => {
		if (kind === "http_probe") {
			const summary = seen.get(`${id}/${attempt}/http`)?.summary;
			return summary === void 0 ? [] : [[id, summary]];
		}
		if (kind !== "service") return [];
		const summary = seen.get(`${id}/${attempt}/service`)?.summary;
		return summary === void 0 ? [] : [[id, `${summary}, ran ${formatDuration(duration_ms)}`]];
	}));
}

export { toStepRemarks as t };