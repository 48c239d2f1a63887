import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";

// schemas/envelope.schema.json
var envelope_schema_default = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "https://quoderat.io/schemas/envelope.v1.json",
	title: "Quoderat Evidence Envelope",
	type: "object",
	properties: {
		"schema_version": {
			"type": "string",
			"const": "1.0"
		},
		"evidence_id": {
			"type": "string",
			"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
		},
		"generated_at": {
			"type": "string",
			"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
		},
		"sealed_at": {
			"type": "string",
			"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
		},
		"producer": {
			"type": "object",
			"properties": {
				"name": { "type": "string" },
				"version": { "type": "string" },
				"component": {
					"type": "string",
					"enum": ["server", "embedded"]
				},
				"instance": { "type": "string" },
				"worker": {
					"type": "object",
					"properties": {
						"name": { "type": "string" },
						"version": { "type": "string" },
						"dist_sha256": { "anyOf": [{
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						}, { "type": "null" }] }
					},
					"required": [
						"name",
						"version",
						"dist_sha256"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"name",
				"version",
				"component",
				"worker"
			],
			"additionalProperties": false
		},
		"run_id": {
			"type": "string",
			"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
		},
		"identities": {
			"type": "object",
			"properties": {
				"producer": {
					"type": "object",
					"properties": {
						"type": {
							"type": "string",
							"enum": [
								"workflow",
								"job",
								"user",
								"host",
								"server"
							]
						},
						"id": { "type": "string" },
						"name": { "type": "string" }
					},
					"required": ["type", "id"],
					"additionalProperties": false
				},
				"subject": {
					"type": "object",
					"properties": {
						"type": {
							"type": "string",
							"enum": [
								"workflow",
								"job",
								"user",
								"host",
								"server"
							]
						},
						"id": { "type": "string" },
						"name": { "type": "string" }
					},
					"required": ["type", "id"],
					"additionalProperties": false
				},
				"viewer": {
					"type": "object",
					"properties": {
						"type": {
							"type": "string",
							"enum": [
								"workflow",
								"job",
								"user",
								"host",
								"server"
							]
						},
						"id": { "type": "string" },
						"name": { "type": "string" }
					},
					"required": ["type", "id"],
					"additionalProperties": false
				}
			},
			"required": ["producer", "subject"],
			"additionalProperties": false
		},
		"intent": {
			"type": "object",
			"properties": {
				"trigger": {
					"type": "string",
					"enum": [
						"push",
						"pull_request",
						"merge_queue",
						"schedule",
						"manual",
						"api",
						"release",
						"upstream",
						"other"
					]
				},
				"event": { "type": "string" },
				"actor": { "type": ["string", "null"] },
				"requested_at": { "anyOf": [{
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				}, { "type": "null" }] }
			},
			"required": [
				"trigger",
				"event",
				"actor",
				"requested_at"
			],
			"additionalProperties": false
		},
		"subject": {
			"type": "object",
			"properties": {
				"kind": {
					"type": "string",
					"enum": ["git_commit", "workspace"]
				},
				"id": { "anyOf": [{
					"type": "string",
					"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
				}, { "type": "null" }] },
				"source": {
					"type": "string",
					"enum": [
						"github",
						"gitlab",
						"local"
					]
				},
				"repo": {
					"type": "object",
					"properties": {
						"url": { "type": ["string", "null"] },
						"name": { "type": ["string", "null"] },
						"provider": { "type": ["string", "null"] }
					},
					"required": [
						"url",
						"name",
						"provider"
					],
					"additionalProperties": false
				},
				"git": { "anyOf": [{
					"type": "object",
					"properties": {
						"commit_sha": {
							"type": "string",
							"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
						},
						"ref": { "type": ["string", "null"] },
						"branch": { "type": ["string", "null"] },
						"tag": { "type": ["string", "null"] },
						"head_sha": { "anyOf": [{
							"type": "string",
							"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
						}, { "type": "null" }] },
						"base_sha": { "anyOf": [{
							"type": "string",
							"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
						}, { "type": "null" }] },
						"merge_sha": { "anyOf": [{
							"type": "string",
							"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
						}, { "type": "null" }] },
						"tree_sha": { "anyOf": [{
							"type": "string",
							"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
						}, { "type": "null" }] },
						"dirty": { "type": ["boolean", "null"] }
					},
					"required": [
						"commit_sha",
						"ref",
						"branch",
						"tag",
						"head_sha",
						"base_sha",
						"merge_sha",
						"tree_sha",
						"dirty"
					],
					"additionalProperties": false
				}, { "type": "null" }] },
				"meta": {
					"type": "object",
					"propertyNames": { "type": "string" },
					"additionalProperties": { "anyOf": [
						{ "type": "string" },
						{
							"type": "integer",
							"minimum": -9007199254740991,
							"maximum": 9007199254740991
						},
						{ "type": "boolean" },
						{
							"type": "object",
							"propertyNames": { "type": "string" },
							"additionalProperties": { "type": "string" }
						}
					] }
				}
			},
			"required": [
				"kind",
				"id",
				"source",
				"repo",
				"git",
				"meta"
			],
			"additionalProperties": false
		},
		"plan": {
			"type": "object",
			"properties": {
				"name": { "type": "string" },
				"plan_hash": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				},
				"manifest_sha256": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				},
				"manifest_path": { "type": "string" },
				"plan_artifact_id": { "anyOf": [{
					"type": "string",
					"minLength": 1,
					"maxLength": 400
				}, { "type": "null" }] },
				"expected_plan_hash": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				}
			},
			"required": [
				"name",
				"plan_hash",
				"manifest_sha256",
				"manifest_path",
				"plan_artifact_id"
			],
			"additionalProperties": false
		},
		"runner_context": {
			"type": "object",
			"properties": {
				"runner_type": {
					"type": "string",
					"enum": [
						"ci",
						"local",
						"worker"
					]
				},
				"os": { "type": "string" },
				"arch": { "type": "string" },
				"toolchain": {
					"type": "object",
					"propertyNames": { "type": "string" },
					"additionalProperties": { "type": "string" }
				},
				"os_release": { "type": ["string", "null"] },
				"image": { "type": ["string", "null"] },
				"cpu_count": { "anyOf": [{
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				}, { "type": "null" }] },
				"memory_bytes": { "anyOf": [{
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				}, { "type": "null" }] },
				"runner_name": { "type": ["string", "null"] },
				"self_hosted": { "type": ["boolean", "null"] },
				"basis": {
					"type": "string",
					"enum": ["runner_asserted", "oidc_verified"]
				},
				"verified_claims": {
					"type": "object",
					"propertyNames": { "type": "string" },
					"additionalProperties": { "type": "string" }
				}
			},
			"required": [
				"runner_type",
				"os",
				"arch",
				"toolchain",
				"os_release",
				"image",
				"cpu_count",
				"memory_bytes",
				"runner_name",
				"self_hosted",
				"basis"
			],
			"additionalProperties": false
		},
		"execution": {
			"type": "object",
			"properties": {
				"status": {
					"type": "string",
					"enum": [
						"success",
						"failed",
						"aborted"
					]
				},
				"started_at": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"finished_at": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"duration_ms": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"max_parallel": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"termination": {
					"type": "string",
					"enum": [
						"finished",
						"cancelled",
						"timed_out",
						"process_lost"
					]
				},
				"steps": {
					"type": "array",
					"items": {
						"type": "object",
						"properties": {
							"id": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
							},
							"index": {
								"type": "integer",
								"minimum": 0,
								"maximum": 9007199254740991
							},
							"parent_id": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
							},
							"kind": {
								"type": "string",
								"pattern": "^[a-z][a-z0-9_]{0,31}$"
							},
							"name": { "type": "string" },
							"needs": {
								"type": "array",
								"items": {
									"type": "string",
									"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
								}
							},
							"status": {
								"type": "string",
								"enum": [
									"success",
									"failed",
									"error",
									"timed_out",
									"skipped",
									"aborted",
									"waiting"
								]
							},
							"continue_on_error": { "type": "boolean" },
							"exit_code": { "anyOf": [{
								"type": "integer",
								"minimum": -9007199254740991,
								"maximum": 9007199254740991
							}, { "type": "null" }] },
							"signal": { "type": ["string", "null"] },
							"termination": {
								"type": "string",
								"enum": [
									"exited",
									"signaled",
									"timed_out",
									"idle_timeout",
									"aborted",
									"spawn_failed",
									"skipped",
									"completed"
								]
							},
							"cause": {
								"type": "object",
								"properties": {
									"code": {
										"type": "string",
										"enum": [
											"exit_nonzero",
											"signaled",
											"timeout",
											"idle_timeout",
											"run_timeout",
											"cancelled",
											"process_lost",
											"spawn_failed",
											"report_missing",
											"report_empty",
											"report_stale",
											"report_unreadable",
											"nothing_ran",
											"output_missing",
											"capture_failed",
											"service_not_ready",
											"service_exited",
											"request_failed",
											"address_refused",
											"expectation_failed"
										]
									},
									"message": { "type": "string" }
								},
								"required": ["code", "message"],
								"additionalProperties": false
							},
							"attempt": {
								"type": "integer",
								"minimum": 0,
								"maximum": 9007199254740991
							},
							"max_attempts": {
								"type": "integer",
								"minimum": 1,
								"maximum": 9007199254740991
							},
							"attempts": {
								"type": "array",
								"items": {
									"type": "object",
									"properties": {
										"attempt": {
											"type": "integer",
											"minimum": 1,
											"maximum": 9007199254740991
										},
										"status": {
											"type": "string",
											"enum": [
												"success",
												"failed",
												"error",
												"timed_out",
												"skipped",
												"aborted",
												"waiting"
											]
										},
										"exit_code": { "anyOf": [{
											"type": "integer",
											"minimum": -9007199254740991,
											"maximum": 9007199254740991
										}, { "type": "null" }] },
										"signal": { "type": ["string", "null"] },
										"termination": {
											"type": "string",
											"enum": [
												"exited",
												"signaled",
												"timed_out",
												"idle_timeout",
												"aborted",
												"spawn_failed",
												"skipped",
												"completed"
											]
										},
										"cause": {
											"type": "object",
											"properties": {
												"code": {
													"type": "string",
													"enum": [
														"exit_nonzero",
														"signaled",
														"timeout",
														"idle_timeout",
														"run_timeout",
														"cancelled",
														"process_lost",
														"spawn_failed",
														"report_missing",
														"report_empty",
														"report_stale",
														"report_unreadable",
														"nothing_ran",
														"output_missing",
														"capture_failed",
														"service_not_ready",
														"service_exited",
														"request_failed",
														"address_refused",
														"expectation_failed"
													]
												},
												"message": { "type": "string" }
											},
											"required": ["code", "message"],
											"additionalProperties": false
										},
										"started_at": {
											"type": "string",
											"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
										},
										"finished_at": {
											"type": "string",
											"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
										},
										"duration_ms": {
											"type": "integer",
											"minimum": 0,
											"maximum": 9007199254740991
										},
										"phases": {
											"type": "object",
											"properties": {
												"spawn_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												},
												"run_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												},
												"terminate_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												},
												"drain_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												},
												"capture_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												}
											},
											"required": [
												"spawn_ms",
												"run_ms",
												"terminate_ms",
												"drain_ms",
												"capture_ms"
											],
											"additionalProperties": false
										},
										"stdout_artifact_id": { "anyOf": [{
											"type": "string",
											"minLength": 1,
											"maxLength": 400
										}, { "type": "null" }] },
										"stderr_artifact_id": { "anyOf": [{
											"type": "string",
											"minLength": 1,
											"maxLength": 400
										}, { "type": "null" }] },
										"report_artifact_ids": {
											"type": "array",
											"items": {
												"type": "string",
												"minLength": 1,
												"maxLength": 400
											}
										},
										"output_artifact_ids": {
											"type": "array",
											"items": {
												"type": "string",
												"minLength": 1,
												"maxLength": 400
											}
										},
										"output_complete": { "type": "boolean" },
										"survivors_killed": {
											"type": "integer",
											"minimum": 0,
											"maximum": 9007199254740991
										}
									},
									"required": [
										"attempt",
										"status",
										"exit_code",
										"signal",
										"termination",
										"started_at",
										"finished_at",
										"duration_ms",
										"phases",
										"stdout_artifact_id",
										"stderr_artifact_id",
										"report_artifact_ids",
										"output_artifact_ids",
										"output_complete",
										"survivors_killed"
									],
									"additionalProperties": false
								}
							},
							"command": { "anyOf": [{ "anyOf": [{
								"type": "object",
								"properties": {
									"run": { "type": "string" },
									"shell": {
										"type": "string",
										"enum": [
											"bash",
											"sh",
											"pwsh",
											"cmd"
										]
									}
								},
								"required": ["run", "shell"],
								"additionalProperties": false
							}, {
								"type": "object",
								"properties": { "argv": {
									"minItems": 1,
									"type": "array",
									"items": { "type": "string" }
								} },
								"required": ["argv"],
								"additionalProperties": false
							}] }, { "type": "null" }] },
							"cwd": { "type": "string" },
							"env_names": {
								"type": "array",
								"items": {
									"type": "string",
									"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
								}
							},
							"timeout_ms": {
								"type": "integer",
								"minimum": 0,
								"maximum": 9007199254740991
							},
							"idle_timeout_ms": { "anyOf": [{
								"type": "integer",
								"minimum": 0,
								"maximum": 9007199254740991
							}, { "type": "null" }] },
							"started_at": { "anyOf": [{
								"type": "string",
								"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
							}, { "type": "null" }] },
							"finished_at": { "anyOf": [{
								"type": "string",
								"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
							}, { "type": "null" }] },
							"duration_ms": {
								"type": "integer",
								"minimum": 0,
								"maximum": 9007199254740991
							},
							"stdout_artifact_id": { "anyOf": [{
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}, { "type": "null" }] },
							"stderr_artifact_id": { "anyOf": [{
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}, { "type": "null" }] },
							"report_artifact_ids": {
								"type": "array",
								"items": {
									"type": "string",
									"minLength": 1,
									"maxLength": 400
								}
							},
							"output_artifact_ids": {
								"type": "array",
								"items": {
									"type": "string",
									"minLength": 1,
									"maxLength": 400
								}
							},
							"diff_artifact_id": {
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							},
							"output_complete": { "type": "boolean" },
							"skipped_reason": { "type": "string" },
							"gate_id": { "type": "string" },
							"warnings": {
								"type": "array",
								"items": { "type": "string" }
							}
						},
						"required": [
							"id",
							"index",
							"kind",
							"name",
							"needs",
							"status",
							"continue_on_error",
							"exit_code",
							"signal",
							"termination",
							"attempt",
							"max_attempts",
							"attempts",
							"command",
							"cwd",
							"env_names",
							"timeout_ms",
							"idle_timeout_ms",
							"started_at",
							"finished_at",
							"duration_ms",
							"stdout_artifact_id",
							"stderr_artifact_id",
							"report_artifact_ids",
							"output_artifact_ids",
							"output_complete",
							"warnings"
						],
						"additionalProperties": false
					}
				}
			},
			"required": [
				"status",
				"started_at",
				"finished_at",
				"duration_ms",
				"max_parallel",
				"termination",
				"steps"
			],
			"additionalProperties": false
		},
		"artifacts": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"id": {
						"type": "string",
						"minLength": 1,
						"maxLength": 400
					},
					"kind": {
						"type": "string",
						"enum": [
							"stdout",
							"stderr",
							"report",
							"output",
							"diff",
							"materials",
							"manifest",
							"plan",
							"response",
							"screenshot",
							"trace",
							"video"
						]
					},
					"sha256": {
						"type": "string",
						"pattern": "^[0-9a-f]{64}$"
					},
					"content_uri": {
						"type": "string",
						"pattern": "^urn:sha256:[0-9a-f]{64}$"
					},
					"size_bytes": {
						"type": "integer",
						"minimum": 0,
						"maximum": 9007199254740991
					},
					"media_type": { "type": "string" },
					"name": { "type": "string" },
					"step_id": { "anyOf": [{
						"type": "string",
						"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
					}, { "type": "null" }] },
					"redaction": {
						"type": "object",
						"properties": {
							"class": {
								"type": "string",
								"enum": [
									"text",
									"binary",
									"none"
								]
							},
							"applied": { "type": "boolean" }
						},
						"required": ["class", "applied"],
						"additionalProperties": false
					},
					"truncated": { "type": "boolean" }
				},
				"required": [
					"id",
					"kind",
					"sha256",
					"content_uri",
					"size_bytes",
					"media_type",
					"name",
					"step_id",
					"redaction",
					"truncated"
				],
				"additionalProperties": false
			}
		},
		"observations": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"id": { "type": "string" },
					"type": { "type": "string" },
					"summary": { "type": "string" },
					"value": { "$ref": "#/$defs/__schema0" },
					"basis_artifact_ids": {
						"type": "array",
						"items": {
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						}
					},
					"informational": { "type": "boolean" },
					"parser": {
						"type": "object",
						"properties": {
							"name": { "type": "string" },
							"version": { "type": "string" }
						},
						"required": ["name", "version"],
						"additionalProperties": false
					}
				},
				"required": [
					"id",
					"type",
					"summary",
					"value",
					"basis_artifact_ids",
					"informational",
					"parser"
				],
				"additionalProperties": false
			}
		},
		"gates": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"id": { "type": "string" },
					"kind": {
						"type": "string",
						"enum": ["human_approval", "policy"]
					},
					"step_id": {
						"type": "string",
						"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
					},
					"decision": {
						"type": "string",
						"enum": [
							"approved",
							"rejected",
							"expired",
							"pending"
						]
					},
					"by": { "type": ["string", "null"] },
					"at": { "anyOf": [{
						"type": "string",
						"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
					}, { "type": "null" }] },
					"reason": { "type": "string" },
					"plan_hash": {
						"type": "string",
						"pattern": "^[0-9a-f]{64}$"
					}
				},
				"required": [
					"id",
					"kind",
					"step_id",
					"decision",
					"by",
					"at",
					"reason",
					"plan_hash"
				],
				"additionalProperties": false
			}
		},
		"redactions": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"id": { "type": "string" },
					"rule_id": { "type": "string" },
					"path": { "type": "string" },
					"match_type": {
						"type": "string",
						"enum": [
							"known_value",
							"encoded_value",
							"pattern"
						]
					},
					"match_count": {
						"type": "integer",
						"minimum": 1,
						"maximum": 9007199254740991
					},
					"artifact_id": { "anyOf": [{
						"type": "string",
						"minLength": 1,
						"maxLength": 400
					}, { "type": "null" }] },
					"stage": {
						"type": "string",
						"enum": [
							"output",
							"artifact",
							"record"
						]
					},
					"timestamp": {
						"type": "string",
						"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
					}
				},
				"required": [
					"id",
					"rule_id",
					"path",
					"match_type",
					"match_count",
					"artifact_id",
					"stage",
					"timestamp"
				],
				"additionalProperties": false
			}
		},
		"events": {
			"type": "object",
			"properties": {
				"emitted": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"acknowledged": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"dropped": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				}
			},
			"required": [
				"emitted",
				"acknowledged",
				"dropped"
			],
			"additionalProperties": false
		},
		"claims": {
			"type": "object",
			"properties": {
				"mechanical": {
					"type": "array",
					"items": { "type": "string" }
				},
				"no_claims": {
					"type": "array",
					"items": { "type": "string" }
				}
			},
			"required": ["mechanical", "no_claims"],
			"additionalProperties": false
		},
		"integrity": {
			"type": "object",
			"properties": {
				"canonicalization": {
					"type": "string",
					"const": "rfc8785-jcs"
				},
				"hash_algorithm": {
					"type": "string",
					"const": "sha256"
				},
				"chain_version": {
					"type": "number",
					"const": 1
				},
				"hash_chain": {
					"minItems": 1,
					"type": "array",
					"items": {
						"type": "object",
						"properties": {
							"index": {
								"type": "integer",
								"minimum": 0,
								"maximum": 9007199254740991
							},
							"pointer": { "type": "string" },
							"payload_sha256": {
								"type": "string",
								"pattern": "^[0-9a-f]{64}$"
							},
							"prev_entry_hash": {
								"type": "string",
								"pattern": "^[0-9a-f]{64}$"
							},
							"entry_hash": {
								"type": "string",
								"pattern": "^[0-9a-f]{64}$"
							}
						},
						"required": [
							"index",
							"pointer",
							"payload_sha256",
							"prev_entry_hash",
							"entry_hash"
						],
						"additionalProperties": false
					}
				},
				"entry_count": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"head_entry_hash": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				},
				"signatures": {
					"type": "array",
					"items": {
						"type": "object",
						"properties": {
							"keyid": {
								"type": "string",
								"pattern": "^[0-9a-f]{64}$"
							},
							"alg": {
								"type": "string",
								"const": "Ed25519"
							},
							"sig": {
								"type": "string",
								"format": "base64",
								"contentEncoding": "base64",
								"pattern": "^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$"
							}
						},
						"required": [
							"keyid",
							"alg",
							"sig"
						],
						"additionalProperties": false
					}
				}
			},
			"required": [
				"canonicalization",
				"hash_algorithm",
				"chain_version",
				"hash_chain",
				"entry_count",
				"head_entry_hash",
				"signatures"
			],
			"additionalProperties": false
		},
		"unsealed": {
			"type": "object",
			"properties": {
				"location_hints": {
					"type": "array",
					"items": {
						"type": "object",
						"properties": {
							"content_uri": { "type": "string" },
							"location": { "type": "string" }
						},
						"required": ["content_uri", "location"],
						"additionalProperties": false
					}
				},
				"links": {
					"type": "object",
					"propertyNames": { "type": "string" },
					"additionalProperties": { "type": "string" }
				}
			},
			"required": ["location_hints", "links"],
			"additionalProperties": false
		}
	},
	required: [
		"schema_version",
		"evidence_id",
		"generated_at",
		"sealed_at",
		"producer",
		"run_id",
		"identities",
		"intent",
		"subject",
		"plan",
		"runner_context",
		"execution",
		"artifacts",
		"observations",
		"gates",
		"redactions",
		"events",
		"claims",
		"integrity"
	],
	additionalProperties: false,
	$defs: { "__schema0": { "anyOf": [
		{ "type": "string" },
		{ "type": "number" },
		{ "type": "boolean" },
		{ "type": "null" },
		{
			"type": "array",
			"items": { "$ref": "#/$defs/__schema0" }
		},
		{
			"type": "object",
			"propertyNames": { "type": "string" },
			"additionalProperties": { "$ref": "#/$defs/__schema0" }
		}
	] } }
};

// schemas/event.schema.json
var event_schema_default = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "https://quoderat.io/schemas/event.v1.json",
	title: "Quoderat run event",
	oneOf: [
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "run_started"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"worker": {
					"type": "object",
					"properties": {
						"name": { "type": "string" },
						"version": { "type": "string" },
						"dist_sha256": { "anyOf": [{
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						}, { "type": "null" }] }
					},
					"required": [
						"name",
						"version",
						"dist_sha256"
					],
					"additionalProperties": false
				},
				"identities": {
					"type": "object",
					"properties": {
						"producer": {
							"type": "object",
							"properties": {
								"type": {
									"type": "string",
									"enum": [
										"workflow",
										"job",
										"user",
										"host",
										"server"
									]
								},
								"id": { "type": "string" },
								"name": { "type": "string" }
							},
							"required": ["type", "id"],
							"additionalProperties": false
						},
						"subject": {
							"type": "object",
							"properties": {
								"type": {
									"type": "string",
									"enum": [
										"workflow",
										"job",
										"user",
										"host",
										"server"
									]
								},
								"id": { "type": "string" },
								"name": { "type": "string" }
							},
							"required": ["type", "id"],
							"additionalProperties": false
						},
						"viewer": {
							"type": "object",
							"properties": {
								"type": {
									"type": "string",
									"enum": [
										"workflow",
										"job",
										"user",
										"host",
										"server"
									]
								},
								"id": { "type": "string" },
								"name": { "type": "string" }
							},
							"required": ["type", "id"],
							"additionalProperties": false
						}
					},
					"required": ["producer", "subject"],
					"additionalProperties": false
				},
				"intent": {
					"type": "object",
					"properties": {
						"trigger": {
							"type": "string",
							"enum": [
								"push",
								"pull_request",
								"merge_queue",
								"schedule",
								"manual",
								"api",
								"release",
								"upstream",
								"other"
							]
						},
						"event": { "type": "string" },
						"actor": { "type": ["string", "null"] },
						"requested_at": { "anyOf": [{
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						}, { "type": "null" }] }
					},
					"required": [
						"trigger",
						"event",
						"actor",
						"requested_at"
					],
					"additionalProperties": false
				},
				"subject": {
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"enum": ["git_commit", "workspace"]
						},
						"id": { "anyOf": [{
							"type": "string",
							"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
						}, { "type": "null" }] },
						"source": {
							"type": "string",
							"enum": [
								"github",
								"gitlab",
								"local"
							]
						},
						"repo": {
							"type": "object",
							"properties": {
								"url": { "type": ["string", "null"] },
								"name": { "type": ["string", "null"] },
								"provider": { "type": ["string", "null"] }
							},
							"required": [
								"url",
								"name",
								"provider"
							],
							"additionalProperties": false
						},
						"git": { "anyOf": [{
							"type": "object",
							"properties": {
								"commit_sha": {
									"type": "string",
									"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
								},
								"ref": { "type": ["string", "null"] },
								"branch": { "type": ["string", "null"] },
								"tag": { "type": ["string", "null"] },
								"head_sha": { "anyOf": [{
									"type": "string",
									"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
								}, { "type": "null" }] },
								"base_sha": { "anyOf": [{
									"type": "string",
									"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
								}, { "type": "null" }] },
								"merge_sha": { "anyOf": [{
									"type": "string",
									"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
								}, { "type": "null" }] },
								"tree_sha": { "anyOf": [{
									"type": "string",
									"pattern": "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"
								}, { "type": "null" }] },
								"dirty": { "type": ["boolean", "null"] }
							},
							"required": [
								"commit_sha",
								"ref",
								"branch",
								"tag",
								"head_sha",
								"base_sha",
								"merge_sha",
								"tree_sha",
								"dirty"
							],
							"additionalProperties": false
						}, { "type": "null" }] },
						"meta": {
							"type": "object",
							"propertyNames": { "type": "string" },
							"additionalProperties": { "anyOf": [
								{ "type": "string" },
								{
									"type": "integer",
									"minimum": -9007199254740991,
									"maximum": 9007199254740991
								},
								{ "type": "boolean" },
								{
									"type": "object",
									"propertyNames": { "type": "string" },
									"additionalProperties": { "type": "string" }
								}
							] }
						}
					},
					"required": [
						"kind",
						"id",
						"source",
						"repo",
						"git",
						"meta"
					],
					"additionalProperties": false
				},
				"runner_context": {
					"type": "object",
					"properties": {
						"runner_type": {
							"type": "string",
							"enum": [
								"ci",
								"local",
								"worker"
							]
						},
						"os": { "type": "string" },
						"arch": { "type": "string" },
						"toolchain": {
							"type": "object",
							"propertyNames": { "type": "string" },
							"additionalProperties": { "type": "string" }
						},
						"os_release": { "type": ["string", "null"] },
						"image": { "type": ["string", "null"] },
						"cpu_count": { "anyOf": [{
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						}, { "type": "null" }] },
						"memory_bytes": { "anyOf": [{
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						}, { "type": "null" }] },
						"runner_name": { "type": ["string", "null"] },
						"self_hosted": { "type": ["boolean", "null"] },
						"basis": {
							"type": "string",
							"enum": ["runner_asserted", "oidc_verified"]
						},
						"verified_claims": {
							"type": "object",
							"propertyNames": { "type": "string" },
							"additionalProperties": { "type": "string" }
						}
					},
					"required": [
						"runner_type",
						"os",
						"arch",
						"toolchain",
						"os_release",
						"image",
						"cpu_count",
						"memory_bytes",
						"runner_name",
						"self_hosted",
						"basis"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"worker",
				"identities",
				"intent",
				"subject",
				"runner_context"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "toolchain_probed"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"toolchain": {
					"type": "object",
					"propertyNames": { "type": "string" },
					"additionalProperties": { "type": "string" }
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"toolchain"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "plan_ready"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"plan": {
					"type": "object",
					"properties": {
						"plan_version": {
							"type": "number",
							"const": 1
						},
						"name": { "type": "string" },
						"manifest": {
							"type": "object",
							"properties": {
								"path": { "type": "string" },
								"sha256": {
									"type": "string",
									"pattern": "^[0-9a-f]{64}$"
								}
							},
							"required": ["path", "sha256"],
							"additionalProperties": false
						},
						"max_parallel": {
							"type": "integer",
							"minimum": 1,
							"maximum": 9007199254740991
						},
						"max_duration_ms": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						},
						"fail_fast": { "type": "boolean" },
						"secrets": {
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"redaction_rules": {
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"id": { "type": "string" },
									"pattern": { "type": "string" }
								},
								"required": ["id", "pattern"],
								"additionalProperties": false
							}
						},
						"steps": {
							"minItems": 1,
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"id": {
										"type": "string",
										"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
									},
									"index": {
										"type": "integer",
										"minimum": 0,
										"maximum": 9007199254740991
									},
									"parent_id": {
										"type": "string",
										"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
									},
									"kind": {
										"type": "string",
										"enum": [
											"command",
											"lint",
											"test",
											"build",
											"service",
											"http_probe",
											"playwright"
										]
									},
									"name": { "type": "string" },
									"needs": {
										"type": "array",
										"items": {
											"type": "string",
											"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
										}
									},
									"when": {
										"type": "string",
										"enum": [
											"success",
											"failure",
											"always"
										]
									},
									"command": { "anyOf": [{ "anyOf": [{
										"type": "object",
										"properties": {
											"run": { "type": "string" },
											"shell": {
												"type": "string",
												"enum": [
													"bash",
													"sh",
													"pwsh",
													"cmd"
												]
											}
										},
										"required": ["run", "shell"],
										"additionalProperties": false
									}, {
										"type": "object",
										"properties": { "argv": {
											"minItems": 1,
											"type": "array",
											"items": { "type": "string" }
										} },
										"required": ["argv"],
										"additionalProperties": false
									}] }, { "type": "null" }] },
									"cwd": { "type": "string" },
									"env_names": {
										"type": "array",
										"items": {
											"type": "string",
											"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
										}
									},
									"pass_env": {
										"type": "array",
										"items": {
											"type": "string",
											"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
										}
									},
									"timeout_ms": {
										"type": "integer",
										"minimum": 0,
										"maximum": 9007199254740991
									},
									"idle_timeout_ms": { "anyOf": [{
										"type": "integer",
										"minimum": 0,
										"maximum": 9007199254740991
									}, { "type": "null" }] },
									"retry": {
										"type": "object",
										"properties": {
											"max_attempts": {
												"type": "integer",
												"minimum": 1,
												"maximum": 9007199254740991
											},
											"backoff_ms": {
												"type": "integer",
												"minimum": 0,
												"maximum": 9007199254740991
											},
											"max_backoff_ms": {
												"type": "integer",
												"minimum": 0,
												"maximum": 9007199254740991
											}
										},
										"required": [
											"max_attempts",
											"backoff_ms",
											"max_backoff_ms"
										],
										"additionalProperties": false
									},
									"continue_on_error": { "type": "boolean" },
									"outputs": {
										"type": "array",
										"items": { "type": "string" }
									},
									"reports": {
										"type": "array",
										"items": {
											"type": "object",
											"properties": {
												"path": { "type": "string" },
												"format": {
													"type": "string",
													"enum": [
														"junit",
														"trx",
														"xunit",
														"nunit",
														"tap",
														"ctrf",
														"playwright",
														"go-test",
														"sarif",
														"checkstyle",
														"eslint",
														"lcov",
														"cobertura",
														"jacoco",
														"go-cover"
													]
												}
											},
											"required": ["path", "format"],
											"additionalProperties": false
										}
									},
									"allow_empty": { "type": "boolean" },
									"map": {
										"type": "object",
										"propertyNames": { "type": "string" },
										"additionalProperties": { "type": "string" }
									},
									"ready": { "oneOf": [
										{
											"type": "object",
											"properties": { "by": {
												"type": "string",
												"const": "start"
											} },
											"required": ["by"],
											"additionalProperties": false
										},
										{
											"type": "object",
											"properties": {
												"by": {
													"type": "string",
													"const": "http"
												},
												"url": { "type": "string" },
												"timeout_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												}
											},
											"required": [
												"by",
												"url",
												"timeout_ms"
											],
											"additionalProperties": false
										},
										{
											"type": "object",
											"properties": {
												"by": {
													"type": "string",
													"const": "port"
												},
												"port": {
													"type": "integer",
													"minimum": 1,
													"maximum": 65535
												},
												"timeout_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												}
											},
											"required": [
												"by",
												"port",
												"timeout_ms"
											],
											"additionalProperties": false
										},
										{
											"type": "object",
											"properties": {
												"by": {
													"type": "string",
													"const": "log"
												},
												"pattern": { "type": "string" },
												"timeout_ms": {
													"type": "integer",
													"minimum": 0,
													"maximum": 9007199254740991
												}
											},
											"required": [
												"by",
												"pattern",
												"timeout_ms"
											],
											"additionalProperties": false
										}
									] },
									"probe": {
										"type": "object",
										"properties": {
											"request": {
												"type": "object",
												"properties": {
													"url": { "type": "string" },
													"method": {
														"type": "string",
														"enum": [
															"GET",
															"HEAD",
															"POST",
															"PUT",
															"PATCH",
															"DELETE",
															"OPTIONS"
														]
													},
													"headers": {
														"type": "array",
														"items": {
															"type": "object",
															"properties": {
																"name": { "type": "string" },
																"value": { "type": "string" }
															},
															"required": ["name", "value"],
															"additionalProperties": false
														}
													},
													"headers_from_env": {
														"type": "array",
														"items": {
															"type": "object",
															"properties": {
																"name": { "type": "string" },
																"env": {
																	"type": "string",
																	"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
																},
																"prefix": { "type": "string" }
															},
															"required": [
																"name",
																"env",
																"prefix"
															],
															"additionalProperties": false
														}
													},
													"body": { "type": ["string", "null"] },
													"timeout_ms": {
														"type": "integer",
														"minimum": 0,
														"maximum": 9007199254740991
													},
													"max_redirects": {
														"type": "integer",
														"minimum": 0,
														"maximum": 9007199254740991
													},
													"ca": { "type": ["string", "null"] },
													"verify_tls": { "type": "boolean" },
													"allow_link_local": { "type": "boolean" }
												},
												"required": [
													"url",
													"method",
													"headers",
													"headers_from_env",
													"body",
													"timeout_ms",
													"max_redirects",
													"ca",
													"verify_tls",
													"allow_link_local"
												],
												"additionalProperties": false
											},
											"expect": {
												"type": "object",
												"properties": {
													"status": {
														"minItems": 1,
														"type": "array",
														"items": {
															"type": "object",
															"properties": {
																"from": {
																	"type": "integer",
																	"minimum": 0,
																	"maximum": 9007199254740991
																},
																"to": {
																	"type": "integer",
																	"minimum": 0,
																	"maximum": 9007199254740991
																}
															},
															"required": ["from", "to"],
															"additionalProperties": false
														}
													},
													"headers": {
														"type": "array",
														"items": {
															"type": "object",
															"properties": {
																"name": { "type": "string" },
																"test": { "anyOf": [
																	{
																		"type": "object",
																		"properties": { "equals": { "type": "string" } },
																		"required": ["equals"],
																		"additionalProperties": false
																	},
																	{
																		"type": "object",
																		"properties": { "contains": { "type": "string" } },
																		"required": ["contains"],
																		"additionalProperties": false
																	},
																	{
																		"type": "object",
																		"properties": { "matches": { "type": "string" } },
																		"required": ["matches"],
																		"additionalProperties": false
																	}
																] }
															},
															"required": ["name", "test"],
															"additionalProperties": false
														}
													},
													"body": {
														"type": "array",
														"items": { "anyOf": [
															{
																"type": "object",
																"properties": { "equals": { "type": "string" } },
																"required": ["equals"],
																"additionalProperties": false
															},
															{
																"type": "object",
																"properties": { "contains": { "type": "string" } },
																"required": ["contains"],
																"additionalProperties": false
															},
															{
																"type": "object",
																"properties": { "matches": { "type": "string" } },
																"required": ["matches"],
																"additionalProperties": false
															}
														] }
													},
													"json": {
														"type": "array",
														"items": {
															"type": "object",
															"properties": {
																"path": { "type": "string" },
																"equals": { "$ref": "#/$defs/__schema0" }
															},
															"required": ["path", "equals"],
															"additionalProperties": false
														}
													},
													"within_ms": { "anyOf": [{
														"type": "integer",
														"minimum": 0,
														"maximum": 9007199254740991
													}, { "type": "null" }] }
												},
												"required": [
													"status",
													"headers",
													"body",
													"json",
													"within_ms"
												],
												"additionalProperties": false
											},
											"until_ms": { "anyOf": [{
												"type": "integer",
												"minimum": 0,
												"maximum": 9007199254740991
											}, { "type": "null" }] }
										},
										"required": [
											"request",
											"expect",
											"until_ms"
										],
										"additionalProperties": false
									},
									"attach": {
										"type": "array",
										"items": {
											"type": "string",
											"enum": ["trace", "video"]
										}
									}
								},
								"required": [
									"id",
									"index",
									"kind",
									"name",
									"needs",
									"when",
									"command",
									"cwd",
									"env_names",
									"pass_env",
									"timeout_ms",
									"idle_timeout_ms",
									"retry",
									"continue_on_error",
									"outputs",
									"reports",
									"allow_empty"
								],
								"additionalProperties": false
							}
						}
					},
					"required": [
						"plan_version",
						"name",
						"manifest",
						"max_parallel",
						"max_duration_ms",
						"fail_fast",
						"secrets",
						"redaction_rules",
						"steps"
					],
					"additionalProperties": false
				},
				"plan_hash": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				},
				"expected_plan_hash": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"plan",
				"plan_hash"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "step_started"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"stdout_artifact_id": {
					"type": "string",
					"minLength": 1,
					"maxLength": 400
				},
				"stderr_artifact_id": {
					"type": "string",
					"minLength": 1,
					"maxLength": 400
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"stdout_artifact_id",
				"stderr_artifact_id"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "step_output"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"stream": {
					"type": "string",
					"enum": ["stdout", "stderr"]
				},
				"offset": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"bytes": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"text": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"stream",
				"offset",
				"bytes",
				"text"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "step_retrying"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"result": {
					"type": "object",
					"properties": {
						"attempt": {
							"type": "integer",
							"minimum": 1,
							"maximum": 9007199254740991
						},
						"status": {
							"type": "string",
							"enum": [
								"success",
								"failed",
								"error",
								"timed_out",
								"skipped",
								"aborted",
								"waiting"
							]
						},
						"exit_code": { "anyOf": [{
							"type": "integer",
							"minimum": -9007199254740991,
							"maximum": 9007199254740991
						}, { "type": "null" }] },
						"signal": { "type": ["string", "null"] },
						"termination": {
							"type": "string",
							"enum": [
								"exited",
								"signaled",
								"timed_out",
								"idle_timeout",
								"aborted",
								"spawn_failed",
								"skipped",
								"completed"
							]
						},
						"cause": {
							"type": "object",
							"properties": {
								"code": {
									"type": "string",
									"enum": [
										"exit_nonzero",
										"signaled",
										"timeout",
										"idle_timeout",
										"run_timeout",
										"cancelled",
										"process_lost",
										"spawn_failed",
										"report_missing",
										"report_empty",
										"report_stale",
										"report_unreadable",
										"nothing_ran",
										"output_missing",
										"capture_failed",
										"service_not_ready",
										"service_exited",
										"request_failed",
										"address_refused",
										"expectation_failed"
									]
								},
								"message": { "type": "string" }
							},
							"required": ["code", "message"],
							"additionalProperties": false
						},
						"started_at": {
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						},
						"finished_at": {
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						},
						"duration_ms": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						},
						"phases": {
							"type": "object",
							"properties": {
								"spawn_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"run_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"terminate_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"drain_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"capture_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								}
							},
							"required": [
								"spawn_ms",
								"run_ms",
								"terminate_ms",
								"drain_ms",
								"capture_ms"
							],
							"additionalProperties": false
						},
						"stdout_artifact_id": { "anyOf": [{
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						}, { "type": "null" }] },
						"stderr_artifact_id": { "anyOf": [{
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						}, { "type": "null" }] },
						"report_artifact_ids": {
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}
						},
						"output_artifact_ids": {
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}
						},
						"output_complete": { "type": "boolean" },
						"survivors_killed": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						}
					},
					"required": [
						"attempt",
						"status",
						"exit_code",
						"signal",
						"termination",
						"started_at",
						"finished_at",
						"duration_ms",
						"phases",
						"stdout_artifact_id",
						"stderr_artifact_id",
						"report_artifact_ids",
						"output_artifact_ids",
						"output_complete",
						"survivors_killed"
					],
					"additionalProperties": false
				},
				"next_attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"delay_ms": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"result",
				"next_attempt",
				"delay_ms"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "step_finished"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"result": {
					"type": "object",
					"properties": {
						"attempt": {
							"type": "integer",
							"minimum": 1,
							"maximum": 9007199254740991
						},
						"status": {
							"type": "string",
							"enum": [
								"success",
								"failed",
								"error",
								"timed_out",
								"skipped",
								"aborted",
								"waiting"
							]
						},
						"exit_code": { "anyOf": [{
							"type": "integer",
							"minimum": -9007199254740991,
							"maximum": 9007199254740991
						}, { "type": "null" }] },
						"signal": { "type": ["string", "null"] },
						"termination": {
							"type": "string",
							"enum": [
								"exited",
								"signaled",
								"timed_out",
								"idle_timeout",
								"aborted",
								"spawn_failed",
								"skipped",
								"completed"
							]
						},
						"cause": {
							"type": "object",
							"properties": {
								"code": {
									"type": "string",
									"enum": [
										"exit_nonzero",
										"signaled",
										"timeout",
										"idle_timeout",
										"run_timeout",
										"cancelled",
										"process_lost",
										"spawn_failed",
										"report_missing",
										"report_empty",
										"report_stale",
										"report_unreadable",
										"nothing_ran",
										"output_missing",
										"capture_failed",
										"service_not_ready",
										"service_exited",
										"request_failed",
										"address_refused",
										"expectation_failed"
									]
								},
								"message": { "type": "string" }
							},
							"required": ["code", "message"],
							"additionalProperties": false
						},
						"started_at": {
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						},
						"finished_at": {
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						},
						"duration_ms": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						},
						"phases": {
							"type": "object",
							"properties": {
								"spawn_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"run_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"terminate_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"drain_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								},
								"capture_ms": {
									"type": "integer",
									"minimum": 0,
									"maximum": 9007199254740991
								}
							},
							"required": [
								"spawn_ms",
								"run_ms",
								"terminate_ms",
								"drain_ms",
								"capture_ms"
							],
							"additionalProperties": false
						},
						"stdout_artifact_id": { "anyOf": [{
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						}, { "type": "null" }] },
						"stderr_artifact_id": { "anyOf": [{
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						}, { "type": "null" }] },
						"report_artifact_ids": {
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}
						},
						"output_artifact_ids": {
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}
						},
						"output_complete": { "type": "boolean" },
						"survivors_killed": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						}
					},
					"required": [
						"attempt",
						"status",
						"exit_code",
						"signal",
						"termination",
						"started_at",
						"finished_at",
						"duration_ms",
						"phases",
						"stdout_artifact_id",
						"stderr_artifact_id",
						"report_artifact_ids",
						"output_artifact_ids",
						"output_complete",
						"survivors_killed"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"result"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "step_skipped"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"reason": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"reason"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "step_warning"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"code": {
					"type": "string",
					"enum": [
						"timeout_near",
						"idle_timeout_near",
						"survivors_killed",
						"survivors_left",
						"output_incomplete",
						"output_dropped_from_log",
						"glob_matched_nothing",
						"file_not_captured",
						"report_disagrees",
						"report_read_unredacted"
					]
				},
				"message": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"code",
				"message"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "artifact_captured"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": { "anyOf": [{
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				}, { "type": "null" }] },
				"artifact": {
					"type": "object",
					"properties": {
						"id": {
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						},
						"kind": {
							"type": "string",
							"enum": [
								"stdout",
								"stderr",
								"report",
								"output",
								"diff",
								"materials",
								"manifest",
								"plan",
								"response",
								"screenshot",
								"trace",
								"video"
							]
						},
						"sha256": {
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						},
						"content_uri": {
							"type": "string",
							"pattern": "^urn:sha256:[0-9a-f]{64}$"
						},
						"size_bytes": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						},
						"media_type": { "type": "string" },
						"name": { "type": "string" },
						"step_id": { "anyOf": [{
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
						}, { "type": "null" }] },
						"redaction": {
							"type": "object",
							"properties": {
								"class": {
									"type": "string",
									"enum": [
										"text",
										"binary",
										"none"
									]
								},
								"applied": { "type": "boolean" }
							},
							"required": ["class", "applied"],
							"additionalProperties": false
						},
						"truncated": { "type": "boolean" }
					},
					"required": [
						"id",
						"kind",
						"sha256",
						"content_uri",
						"size_bytes",
						"media_type",
						"name",
						"step_id",
						"redaction",
						"truncated"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"artifact"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "redaction_applied"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": { "anyOf": [{
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				}, { "type": "null" }] },
				"receipt": {
					"type": "object",
					"properties": {
						"id": { "type": "string" },
						"rule_id": { "type": "string" },
						"path": { "type": "string" },
						"match_type": {
							"type": "string",
							"enum": [
								"known_value",
								"encoded_value",
								"pattern"
							]
						},
						"match_count": {
							"type": "integer",
							"minimum": 1,
							"maximum": 9007199254740991
						},
						"artifact_id": { "anyOf": [{
							"type": "string",
							"minLength": 1,
							"maxLength": 400
						}, { "type": "null" }] },
						"stage": {
							"type": "string",
							"enum": [
								"output",
								"artifact",
								"record"
							]
						},
						"timestamp": {
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						}
					},
					"required": [
						"id",
						"rule_id",
						"path",
						"match_type",
						"match_count",
						"artifact_id",
						"stage",
						"timestamp"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"receipt"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "observation_recorded"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": { "anyOf": [{
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				}, { "type": "null" }] },
				"observation": {
					"type": "object",
					"properties": {
						"id": { "type": "string" },
						"type": { "type": "string" },
						"summary": { "type": "string" },
						"value": { "$ref": "#/$defs/__schema1" },
						"basis_artifact_ids": {
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1,
								"maxLength": 400
							}
						},
						"informational": { "type": "boolean" },
						"parser": {
							"type": "object",
							"properties": {
								"name": { "type": "string" },
								"version": { "type": "string" }
							},
							"required": ["name", "version"],
							"additionalProperties": false
						}
					},
					"required": [
						"id",
						"type",
						"summary",
						"value",
						"basis_artifact_ids",
						"informational",
						"parser"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"observation"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "needs_input"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"gate": {
					"type": "object",
					"properties": {
						"id": { "type": "string" },
						"kind": {
							"type": "string",
							"enum": ["human_approval", "policy"]
						},
						"step_id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
						},
						"decision": {
							"type": "string",
							"enum": [
								"approved",
								"rejected",
								"expired",
								"pending"
							]
						},
						"by": { "type": ["string", "null"] },
						"at": { "anyOf": [{
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						}, { "type": "null" }] },
						"reason": { "type": "string" },
						"plan_hash": {
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						}
					},
					"required": [
						"id",
						"kind",
						"step_id",
						"decision",
						"by",
						"at",
						"reason",
						"plan_hash"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"gate"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "gate_resolved"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"step_id": {
					"type": "string",
					"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
				},
				"attempt": {
					"type": "integer",
					"minimum": 0,
					"maximum": 9007199254740991
				},
				"gate": {
					"type": "object",
					"properties": {
						"id": { "type": "string" },
						"kind": {
							"type": "string",
							"enum": ["human_approval", "policy"]
						},
						"step_id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\\[[^\\]\\p{Cc}]{1,200}\\])?$"
						},
						"decision": {
							"type": "string",
							"enum": [
								"approved",
								"rejected",
								"expired",
								"pending"
							]
						},
						"by": { "type": ["string", "null"] },
						"at": { "anyOf": [{
							"type": "string",
							"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
						}, { "type": "null" }] },
						"reason": { "type": "string" },
						"plan_hash": {
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						}
					},
					"required": [
						"id",
						"kind",
						"step_id",
						"decision",
						"by",
						"at",
						"reason",
						"plan_hash"
					],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"step_id",
				"attempt",
				"gate"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "heartbeat"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "run_failed"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"reason": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"reason"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "run_aborted"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"reason": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"reason"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "finalize_started"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"status": {
					"type": "string",
					"enum": [
						"success",
						"failed",
						"aborted"
					]
				},
				"termination": {
					"type": "string",
					"enum": [
						"finished",
						"cancelled",
						"timed_out",
						"process_lost"
					]
				},
				"events": {
					"type": "object",
					"properties": {
						"acknowledged": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						},
						"dropped": {
							"type": "integer",
							"minimum": 0,
							"maximum": 9007199254740991
						}
					},
					"required": ["acknowledged", "dropped"],
					"additionalProperties": false
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"status",
				"termination",
				"events"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "finalize_failed"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"reason": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"reason"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "run_finalized"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"evidence_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"head_entry_hash": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				},
				"envelope_sha256": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				}
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"evidence_id",
				"head_entry_hash",
				"envelope_sha256"
			],
			"additionalProperties": false
		},
		{
			"type": "object",
			"properties": {
				"type": {
					"type": "string",
					"const": "error"
				},
				"event_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"run_id": {
					"type": "string",
					"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
				},
				"seq": {
					"type": "integer",
					"minimum": 1,
					"maximum": 9007199254740991
				},
				"timestamp": {
					"type": "string",
					"pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$"
				},
				"code": { "type": "string" },
				"message": { "type": "string" }
			},
			"required": [
				"type",
				"event_id",
				"run_id",
				"seq",
				"timestamp",
				"code",
				"message"
			],
			"additionalProperties": false
		}
	],
	$defs: {
		"__schema0": { "anyOf": [
			{ "type": "string" },
			{ "type": "number" },
			{ "type": "boolean" },
			{ "type": "null" },
			{
				"type": "array",
				"items": { "$ref": "#/$defs/__schema0" }
			},
			{
				"type": "object",
				"propertyNames": { "type": "string" },
				"additionalProperties": { "$ref": "#/$defs/__schema0" }
			}
		] },
		"__schema1": { "anyOf": [
			{ "type": "string" },
			{ "type": "number" },
			{ "type": "boolean" },
			{ "type": "null" },
			{
				"type": "array",
				"items": { "$ref": "#/$defs/__schema1" }
			},
			{
				"type": "object",
				"propertyNames": { "type": "string" },
				"additionalProperties": { "$ref": "#/$defs/__schema1" }
			}
		] }
	}
};

// schemas/manifest.schema.json
var manifest_schema_default = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "https://quoderat.io/schemas/manifest.v1.json",
	title: "Quoderat step manifest",
	type: "object",
	properties: {
		"$schema": {
			"description": "For editors; Quoderat does not read it.",
			"type": "string"
		},
		"version": {
			"type": "number",
			"const": 1,
			"description": "The version of this format."
		},
		"name": {
			"description": "What the run is called. Default: the file's name without its ending.",
			"type": "string",
			"minLength": 1,
			"maxLength": 200,
			"pattern": "^\\P{Cc}*$"
		},
		"defaults": {
			"description": "For every step that does not say otherwise.",
			"type": "object",
			"properties": {
				"timeout": {
					"description": "The timeout of steps that name none. Default: 15m.",
					"type": "string",
					"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
					"examples": [
						"90s",
						"15m",
						"1h30m"
					]
				},
				"idle_timeout": {
					"description": "The idle_timeout of steps that name none. Default: 10m.",
					"type": "string",
					"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
					"examples": ["10m", "none"]
				},
				"shell": {
					"description": "The shell of steps that name none. Default: bash.",
					"type": "string",
					"enum": [
						"bash",
						"sh",
						"pwsh",
						"cmd"
					]
				}
			},
			"additionalProperties": false
		},
		"env": {
			"description": "Environment variables of every step.",
			"type": "object",
			"propertyNames": {
				"type": "string",
				"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
			},
			"additionalProperties": { "type": [
				"string",
				"number",
				"boolean"
			] }
		},
		"pass_env": {
			"description": "Names let through from the runner's environment to every step. Nothing else is, beside a small safe base.",
			"type": "array",
			"items": {
				"type": "string",
				"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
			}
		},
		"secrets": {
			"description": "Names of variables whose values must not appear anywhere. They are not let through by that.",
			"type": "array",
			"items": {
				"type": "string",
				"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
			}
		},
		"redaction": {
			"description": "What to take out of the output beside secrets and well-known credentials.",
			"type": "object",
			"properties": { "rules": {
				"maxItems": 100,
				"type": "array",
				"items": {
					"type": "object",
					"properties": {
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "Names the rule in the receipts. Unique in the manifest."
						},
						"pattern": {
							"type": "string",
							"minLength": 1,
							"maxLength": 1e3,
							"description": "A regular expression of bounded length: {0,200} in place of * and +, no back-reference, no lookbehind."
						}
					},
					"required": ["id", "pattern"],
					"additionalProperties": false
				},
				"description": "Shapes of text to replace wherever they appear."
			} },
			"required": ["rules"],
			"additionalProperties": false
		},
		"max_parallel": {
			"description": "How many steps may run side by side. Default: 1.",
			"type": "integer",
			"minimum": 1,
			"maximum": 64
		},
		"max_duration": {
			"description": "The whole run is ended after this time. Default: 60m.",
			"type": "string",
			"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
			"examples": [
				"90s",
				"15m",
				"1h30m"
			]
		},
		"fail_fast": {
			"description": "true: after a failure no further step starts. false, the default: only what needs the failed step is skipped.",
			"type": "boolean"
		},
		"steps": {
			"minItems": 1,
			"maxItems": 1e3,
			"type": "array",
			"items": { "oneOf": [
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "command",
							"description": "command: any command; its exit code decides."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"run": {
							"description": "A script for the shell, of one line or many. Either this or argv.",
							"type": "string",
							"minLength": 1
						},
						"argv": {
							"description": "A program and its arguments, run without a shell. Either this or run.",
							"minItems": 1,
							"type": "array",
							"items": { "type": "string" }
						},
						"shell": {
							"description": "What reads run. Default: defaults.shell, else bash, on Windows too.",
							"type": "string",
							"enum": [
								"bash",
								"sh",
								"pwsh",
								"cmd"
							]
						},
						"cwd": {
							"description": "The folder to run in, relative to the workspace. Default: the workspace.",
							"type": "string",
							"minLength": 1
						},
						"env": {
							"description": "Environment variables of this step, over those of the manifest.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							},
							"additionalProperties": { "type": [
								"string",
								"number",
								"boolean"
							] }
						},
						"pass_env": {
							"description": "Names let through from the runner's environment to this step, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"secrets": {
							"description": "Names of variables whose values must not appear anywhere, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"retry": {
							"description": "How often, and how patiently, a step that failed is run again. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						},
						"outputs": {
							"description": "Files to keep as artifacts: globs relative to cwd.",
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1
							}
						},
						"timeout": {
							"description": "The step is ended after this time. Default: defaults.timeout, else 15m.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"idle_timeout": {
							"description": "The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m.",
							"type": "string",
							"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
							"examples": ["10m", "none"]
						},
						"reports": {
							"description": "Files in which the step says what it found.",
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"path": {
										"type": "string",
										"minLength": 1,
										"description": "The file, or a glob, relative to cwd."
									},
									"format": {
										"type": "string",
										"enum": [
											"junit",
											"trx",
											"xunit",
											"nunit",
											"tap",
											"ctrf",
											"playwright",
											"go-test",
											"sarif",
											"checkstyle",
											"eslint",
											"lcov",
											"cobertura",
											"jacoco",
											"go-cover"
										],
										"description": "How the file is to be read."
									}
								},
								"required": ["path", "format"],
								"additionalProperties": false
							}
						},
						"allow_empty": {
							"description": "true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false.",
							"type": "boolean"
						},
						"map": {
							"minProperties": 1,
							"description": "The step runs once for each combination of these values.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
							},
							"additionalProperties": {
								"minItems": 1,
								"maxItems": 1e3,
								"type": "array",
								"items": { "type": [
									"string",
									"number",
									"boolean"
								] }
							}
						}
					},
					"required": ["kind", "id"],
					"additionalProperties": false,
					"oneOf": [{ "required": ["run"] }, { "required": ["argv"] }]
				},
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "lint",
							"description": "lint: a linter; declared reports must be fresh and hold something."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"run": {
							"description": "A script for the shell, of one line or many. Either this or argv.",
							"type": "string",
							"minLength": 1
						},
						"argv": {
							"description": "A program and its arguments, run without a shell. Either this or run.",
							"minItems": 1,
							"type": "array",
							"items": { "type": "string" }
						},
						"shell": {
							"description": "What reads run. Default: defaults.shell, else bash, on Windows too.",
							"type": "string",
							"enum": [
								"bash",
								"sh",
								"pwsh",
								"cmd"
							]
						},
						"cwd": {
							"description": "The folder to run in, relative to the workspace. Default: the workspace.",
							"type": "string",
							"minLength": 1
						},
						"env": {
							"description": "Environment variables of this step, over those of the manifest.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							},
							"additionalProperties": { "type": [
								"string",
								"number",
								"boolean"
							] }
						},
						"pass_env": {
							"description": "Names let through from the runner's environment to this step, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"secrets": {
							"description": "Names of variables whose values must not appear anywhere, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"retry": {
							"description": "How often, and how patiently, a step that failed is run again. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						},
						"outputs": {
							"description": "Files to keep as artifacts: globs relative to cwd.",
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1
							}
						},
						"timeout": {
							"description": "The step is ended after this time. Default: defaults.timeout, else 15m.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"idle_timeout": {
							"description": "The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m.",
							"type": "string",
							"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
							"examples": ["10m", "none"]
						},
						"reports": {
							"description": "Files in which the step says what it found.",
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"path": {
										"type": "string",
										"minLength": 1,
										"description": "The file, or a glob, relative to cwd."
									},
									"format": {
										"type": "string",
										"enum": [
											"junit",
											"trx",
											"xunit",
											"nunit",
											"tap",
											"ctrf",
											"playwright",
											"go-test",
											"sarif",
											"checkstyle",
											"eslint",
											"lcov",
											"cobertura",
											"jacoco",
											"go-cover"
										],
										"description": "How the file is to be read."
									}
								},
								"required": ["path", "format"],
								"additionalProperties": false
							}
						},
						"allow_empty": {
							"description": "true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false.",
							"type": "boolean"
						},
						"map": {
							"minProperties": 1,
							"description": "The step runs once for each combination of these values.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
							},
							"additionalProperties": {
								"minItems": 1,
								"maxItems": 1e3,
								"type": "array",
								"items": { "type": [
									"string",
									"number",
									"boolean"
								] }
							}
						}
					},
					"required": ["kind", "id"],
					"additionalProperties": false,
					"oneOf": [{ "required": ["run"] }, { "required": ["argv"] }]
				},
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "test",
							"description": "test: a test run; declared reports must be fresh and hold something."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"run": {
							"description": "A script for the shell, of one line or many. Either this or argv.",
							"type": "string",
							"minLength": 1
						},
						"argv": {
							"description": "A program and its arguments, run without a shell. Either this or run.",
							"minItems": 1,
							"type": "array",
							"items": { "type": "string" }
						},
						"shell": {
							"description": "What reads run. Default: defaults.shell, else bash, on Windows too.",
							"type": "string",
							"enum": [
								"bash",
								"sh",
								"pwsh",
								"cmd"
							]
						},
						"cwd": {
							"description": "The folder to run in, relative to the workspace. Default: the workspace.",
							"type": "string",
							"minLength": 1
						},
						"env": {
							"description": "Environment variables of this step, over those of the manifest.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							},
							"additionalProperties": { "type": [
								"string",
								"number",
								"boolean"
							] }
						},
						"pass_env": {
							"description": "Names let through from the runner's environment to this step, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"secrets": {
							"description": "Names of variables whose values must not appear anywhere, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"retry": {
							"description": "How often, and how patiently, a step that failed is run again. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						},
						"outputs": {
							"description": "Files to keep as artifacts: globs relative to cwd.",
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1
							}
						},
						"timeout": {
							"description": "The step is ended after this time. Default: defaults.timeout, else 15m.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"idle_timeout": {
							"description": "The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m.",
							"type": "string",
							"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
							"examples": ["10m", "none"]
						},
						"reports": {
							"description": "Files in which the step says what it found.",
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"path": {
										"type": "string",
										"minLength": 1,
										"description": "The file, or a glob, relative to cwd."
									},
									"format": {
										"type": "string",
										"enum": [
											"junit",
											"trx",
											"xunit",
											"nunit",
											"tap",
											"ctrf",
											"playwright",
											"go-test",
											"sarif",
											"checkstyle",
											"eslint",
											"lcov",
											"cobertura",
											"jacoco",
											"go-cover"
										],
										"description": "How the file is to be read."
									}
								},
								"required": ["path", "format"],
								"additionalProperties": false
							}
						},
						"allow_empty": {
							"description": "true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false.",
							"type": "boolean"
						},
						"map": {
							"minProperties": 1,
							"description": "The step runs once for each combination of these values.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
							},
							"additionalProperties": {
								"minItems": 1,
								"maxItems": 1e3,
								"type": "array",
								"items": { "type": [
									"string",
									"number",
									"boolean"
								] }
							}
						}
					},
					"required": ["kind", "id"],
					"additionalProperties": false,
					"oneOf": [{ "required": ["run"] }, { "required": ["argv"] }]
				},
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "build",
							"description": "build: makes files; every glob in outputs must match at least one."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"run": {
							"description": "A script for the shell, of one line or many. Either this or argv.",
							"type": "string",
							"minLength": 1
						},
						"argv": {
							"description": "A program and its arguments, run without a shell. Either this or run.",
							"minItems": 1,
							"type": "array",
							"items": { "type": "string" }
						},
						"shell": {
							"description": "What reads run. Default: defaults.shell, else bash, on Windows too.",
							"type": "string",
							"enum": [
								"bash",
								"sh",
								"pwsh",
								"cmd"
							]
						},
						"cwd": {
							"description": "The folder to run in, relative to the workspace. Default: the workspace.",
							"type": "string",
							"minLength": 1
						},
						"env": {
							"description": "Environment variables of this step, over those of the manifest.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							},
							"additionalProperties": { "type": [
								"string",
								"number",
								"boolean"
							] }
						},
						"pass_env": {
							"description": "Names let through from the runner's environment to this step, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"secrets": {
							"description": "Names of variables whose values must not appear anywhere, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"retry": {
							"description": "How often, and how patiently, a step that failed is run again. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						},
						"outputs": {
							"description": "Files to keep as artifacts: globs relative to cwd.",
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1
							}
						},
						"timeout": {
							"description": "The step is ended after this time. Default: defaults.timeout, else 15m.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"idle_timeout": {
							"description": "The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m.",
							"type": "string",
							"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
							"examples": ["10m", "none"]
						},
						"reports": {
							"description": "Files in which the step says what it found.",
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"path": {
										"type": "string",
										"minLength": 1,
										"description": "The file, or a glob, relative to cwd."
									},
									"format": {
										"type": "string",
										"enum": [
											"junit",
											"trx",
											"xunit",
											"nunit",
											"tap",
											"ctrf",
											"playwright",
											"go-test",
											"sarif",
											"checkstyle",
											"eslint",
											"lcov",
											"cobertura",
											"jacoco",
											"go-cover"
										],
										"description": "How the file is to be read."
									}
								},
								"required": ["path", "format"],
								"additionalProperties": false
							}
						},
						"allow_empty": {
							"description": "true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false.",
							"type": "boolean"
						},
						"map": {
							"minProperties": 1,
							"description": "The step runs once for each combination of these values.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
							},
							"additionalProperties": {
								"minItems": 1,
								"maxItems": 1e3,
								"type": "array",
								"items": { "type": [
									"string",
									"number",
									"boolean"
								] }
							}
						}
					},
					"required": ["kind", "id"],
					"additionalProperties": false,
					"oneOf": [{ "required": ["run"] }, { "required": ["argv"] }]
				},
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "service",
							"description": "service: runs in the background until every other step is over."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"run": {
							"description": "A script for the shell, of one line or many. Either this or argv.",
							"type": "string",
							"minLength": 1
						},
						"argv": {
							"description": "A program and its arguments, run without a shell. Either this or run.",
							"minItems": 1,
							"type": "array",
							"items": { "type": "string" }
						},
						"shell": {
							"description": "What reads run. Default: defaults.shell, else bash, on Windows too.",
							"type": "string",
							"enum": [
								"bash",
								"sh",
								"pwsh",
								"cmd"
							]
						},
						"cwd": {
							"description": "The folder to run in, relative to the workspace. Default: the workspace.",
							"type": "string",
							"minLength": 1
						},
						"env": {
							"description": "Environment variables of this step, over those of the manifest.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							},
							"additionalProperties": { "type": [
								"string",
								"number",
								"boolean"
							] }
						},
						"pass_env": {
							"description": "Names let through from the runner's environment to this step, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"secrets": {
							"description": "Names of variables whose values must not appear anywhere, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"retry": {
							"description": "How often, and how patiently, a step that failed is run again. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						},
						"outputs": {
							"description": "Files to keep as artifacts: globs relative to cwd.",
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1
							}
						},
						"idle_timeout": {
							"description": "The service is ended, as a failure, when it prints nothing for this time. Default: none.",
							"type": "string",
							"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
							"examples": ["10m", "none"]
						},
						"ready": {
							"description": "When the steps that need it may start. Default: as soon as it runs.",
							"type": "object",
							"properties": {
								"http": {
									"description": "Ready when this address answers with a status from 200 to 399.",
									"type": "string",
									"minLength": 1,
									"maxLength": 4e3,
									"pattern": "^https?://",
									"examples": ["http://127.0.0.1:3000/health"]
								},
								"port": {
									"description": "Ready when something listens on this TCP port of the machine itself.",
									"type": "integer",
									"minimum": 1,
									"maximum": 65535
								},
								"log": {
									"description": "Ready when a line of its output matches this pattern, which is bounded like those of redaction.",
									"type": "string",
									"minLength": 1,
									"maxLength": 1e3
								},
								"timeout": {
									"description": "The service has failed when it is not ready by then. Default: 30s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"additionalProperties": false,
							"oneOf": [
								{ "required": ["http"] },
								{ "required": ["port"] },
								{ "required": ["log"] }
							]
						}
					},
					"required": ["kind", "id"],
					"additionalProperties": false,
					"oneOf": [{ "required": ["run"] }, { "required": ["argv"] }]
				},
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "http_probe",
							"description": "http_probe: asks a server, and judges the answer."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"request": {
							"type": "object",
							"properties": {
								"url": {
									"type": "string",
									"minLength": 1,
									"maxLength": 4e3,
									"pattern": "^https?://",
									"examples": ["http://127.0.0.1:3000/health"],
									"description": "The address, http or https, without a user name or password."
								},
								"method": {
									"description": "Default: GET.",
									"type": "string",
									"enum": [
										"GET",
										"HEAD",
										"POST",
										"PUT",
										"PATCH",
										"DELETE",
										"OPTIONS"
									]
								},
								"headers": {
									"description": "Headers to send. Their values are recorded.",
									"type": "object",
									"propertyNames": {
										"type": "string",
										"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$"
									},
									"additionalProperties": { "type": "string" }
								},
								"headers_from_env": {
									"description": "Headers whose values are taken from variables. The values are treated as secrets.",
									"type": "object",
									"propertyNames": {
										"type": "string",
										"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$"
									},
									"additionalProperties": {
										"type": "string",
										"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
									}
								},
								"bearer_from_env": {
									"description": "The variable with a token to send as \"Authorization: Bearer\". Its value is treated as a secret.",
									"type": "string",
									"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
								},
								"body": {
									"description": "The text to send. It is recorded.",
									"type": "string",
									"maxLength": 1e6
								},
								"timeout": {
									"description": "For each request, redirects and body included. Default: 10s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"follow_redirects": {
									"description": "How many redirects are followed, 5 at most. Default: 0.",
									"type": "integer",
									"minimum": 0,
									"maximum": 5
								},
								"ca": {
									"description": "A PEM file with certificates to trust beside the usual ones, relative to the workspace.",
									"type": "string",
									"minLength": 1
								},
								"verify_tls": {
									"description": "false: a certificate that is not trusted is recorded, and is no failure. Default: true.",
									"type": "boolean"
								},
								"allow_link_local": {
									"description": "true: link-local addresses, where clouds hand out credentials, may be asked. Default: false.",
									"type": "boolean"
								}
							},
							"required": ["url"],
							"additionalProperties": false,
							"description": "What is asked."
						},
						"expect": {
							"description": "What the answer must be. Default: any status from 200 to 299.",
							"type": "object",
							"properties": {
								"status": {
									"description": "Default: 2xx.",
									"anyOf": [{ "anyOf": [{
										"type": "integer",
										"minimum": 100,
										"maximum": 599
									}, {
										"type": "string",
										"pattern": "^[1-5]xx$"
									}] }, {
										"minItems": 1,
										"type": "array",
										"items": { "anyOf": [{
											"type": "integer",
											"minimum": 100,
											"maximum": 599
										}, {
											"type": "string",
											"pattern": "^[1-5]xx$"
										}] }
									}]
								},
								"headers": {
									"description": "What headers must say: the text itself, { contains: text } or { matches: pattern }.",
									"type": "object",
									"propertyNames": {
										"type": "string",
										"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$"
									},
									"additionalProperties": { "anyOf": [
										{
											"type": "string",
											"maxLength": 1e5
										},
										{
											"type": "object",
											"properties": { "contains": {
												"type": "string",
												"minLength": 1,
												"maxLength": 1e5,
												"description": "The value holds this text."
											} },
											"required": ["contains"],
											"additionalProperties": false
										},
										{
											"type": "object",
											"properties": { "matches": {
												"type": "string",
												"minLength": 1,
												"maxLength": 1e3,
												"description": "The value matches this pattern."
											} },
											"required": ["matches"],
											"additionalProperties": false
										}
									] }
								},
								"body": {
									"description": "What the body must hold, of which the first MiB is looked at.",
									"type": "object",
									"properties": {
										"contains": {
											"description": "Texts that it must hold.",
											"anyOf": [{
												"type": "string",
												"minLength": 1,
												"maxLength": 1e5
											}, {
												"minItems": 1,
												"type": "array",
												"items": {
													"type": "string",
													"minLength": 1,
													"maxLength": 1e5
												}
											}]
										},
										"matches": {
											"description": "A pattern that it must match, bounded like those of redaction.",
											"type": "string",
											"minLength": 1,
											"maxLength": 1e3
										},
										"json": {
											"description": "Values in a body of JSON.",
											"minItems": 1,
											"type": "array",
											"items": {
												"type": "object",
												"properties": {
													"path": {
														"type": "string",
														"minLength": 1,
														"maxLength": 1e3,
														"description": "Where: $.items[0].name or $[\"a key\"]."
													},
													"equals": {
														"description": "What must be there.",
														"$ref": "#/$defs/__schema0"
													}
												},
												"required": ["path", "equals"],
												"additionalProperties": false
											}
										}
									},
									"additionalProperties": false
								},
								"within": {
									"description": "The time that all of it may take, redirects and body included.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"additionalProperties": false
						},
						"until": {
							"description": "Ask again until the answer is as expected, for at most this time. Default: ask once.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"timeout": {
							"description": "The step is ended after this time. Default: defaults.timeout, else 15m.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"retry": {
							"description": "How often a probe that failed is made again as a whole. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						}
					},
					"required": [
						"kind",
						"id",
						"request"
					],
					"additionalProperties": false
				},
				{
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"const": "playwright",
							"description": "playwright: the project's own Playwright; its JSON report decides beside its exit code."
						},
						"id": {
							"type": "string",
							"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
							"description": "The step is known by this in needs, in the log and in the evidence. Unique in the manifest."
						},
						"name": {
							"description": "A name for people. Default: the id.",
							"type": "string",
							"minLength": 1,
							"maxLength": 200,
							"pattern": "^\\P{Cc}*$"
						},
						"needs": {
							"description": "Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
							}
						},
						"when": {
							"description": "success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.",
							"type": "string",
							"enum": [
								"success",
								"failure",
								"always"
							]
						},
						"continue_on_error": {
							"description": "true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.",
							"type": "boolean"
						},
						"run": {
							"description": "A script for the shell, of one line or many. Either this or argv.",
							"type": "string",
							"minLength": 1
						},
						"argv": {
							"description": "A program and its arguments, run without a shell. Either this or run.",
							"minItems": 1,
							"type": "array",
							"items": { "type": "string" }
						},
						"shell": {
							"description": "What reads run. Default: defaults.shell, else bash, on Windows too.",
							"type": "string",
							"enum": [
								"bash",
								"sh",
								"pwsh",
								"cmd"
							]
						},
						"cwd": {
							"description": "The folder to run in, relative to the workspace. Default: the workspace.",
							"type": "string",
							"minLength": 1
						},
						"env": {
							"description": "Environment variables of this step, over those of the manifest.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							},
							"additionalProperties": { "type": [
								"string",
								"number",
								"boolean"
							] }
						},
						"pass_env": {
							"description": "Names let through from the runner's environment to this step, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"secrets": {
							"description": "Names of variables whose values must not appear anywhere, beside those of the manifest.",
							"type": "array",
							"items": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,255}$"
							}
						},
						"retry": {
							"description": "How often, and how patiently, a step that failed is run again. Default: not at all.",
							"type": "object",
							"properties": {
								"attempts": {
									"type": "integer",
									"minimum": 1,
									"maximum": 20,
									"description": "How often the step may run in all, the first time included."
								},
								"backoff": {
									"description": "The wait before the second attempt; it doubles before each further one. Default: 1s.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								},
								"max_backoff": {
									"description": "No wait is longer than this. Default: 5m, or backoff when that is longer.",
									"type": "string",
									"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
									"examples": [
										"90s",
										"15m",
										"1h30m"
									]
								}
							},
							"required": ["attempts"],
							"additionalProperties": false
						},
						"outputs": {
							"description": "Files to keep as artifacts: globs relative to cwd.",
							"type": "array",
							"items": {
								"type": "string",
								"minLength": 1
							}
						},
						"timeout": {
							"description": "The step is ended after this time. Default: defaults.timeout, else 15m.",
							"type": "string",
							"pattern": "^([0-9]{1,9}(d|h|m|s|ms))+$",
							"examples": [
								"90s",
								"15m",
								"1h30m"
							]
						},
						"idle_timeout": {
							"description": "The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m.",
							"type": "string",
							"pattern": "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
							"examples": ["10m", "none"]
						},
						"reports": {
							"description": "Files in which the step says what it found.",
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"path": {
										"type": "string",
										"minLength": 1,
										"description": "The file, or a glob, relative to cwd."
									},
									"format": {
										"type": "string",
										"enum": [
											"junit",
											"trx",
											"xunit",
											"nunit",
											"tap",
											"ctrf",
											"playwright",
											"go-test",
											"sarif",
											"checkstyle",
											"eslint",
											"lcov",
											"cobertura",
											"jacoco",
											"go-cover"
										],
										"description": "How the file is to be read."
									}
								},
								"required": ["path", "format"],
								"additionalProperties": false
							}
						},
						"allow_empty": {
							"description": "true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false.",
							"type": "boolean"
						},
						"map": {
							"minProperties": 1,
							"description": "The step runs once for each combination of these values.",
							"type": "object",
							"propertyNames": {
								"type": "string",
								"pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
							},
							"additionalProperties": {
								"minItems": 1,
								"maxItems": 1e3,
								"type": "array",
								"items": { "type": [
									"string",
									"number",
									"boolean"
								] }
							}
						},
						"attach": {
							"description": "Recordings to keep as artifacts; they may show passwords. Default: none, they are only listed.",
							"type": "array",
							"items": {
								"type": "string",
								"enum": ["trace", "video"]
							}
						}
					},
					"required": ["kind", "id"],
					"additionalProperties": false,
					"oneOf": [{ "required": ["run"] }, { "required": ["argv"] }]
				}
			] },
			"description": "What to run, in this order as far as needs allows."
		}
	},
	required: ["version", "steps"],
	additionalProperties: false,
	$defs: { "__schema0": { "anyOf": [
		{ "type": "string" },
		{ "type": "number" },
		{ "type": "boolean" },
		{ "type": "null" },
		{
			"type": "array",
			"items": { "$ref": "#/$defs/__schema0" }
		},
		{
			"type": "object",
			"propertyNames": { "type": "string" },
			"additionalProperties": { "$ref": "#/$defs/__schema0" }
		}
	] } }
};

// src/cli/commands/schema.ts
const schemas = {
	manifest: manifest_schema_default,
	envelope: envelope_schema_default,
	event: event_schema_default
};
/** `quoderat schema`: prints a file of schemas/, byte for byte. */
async function printSchema(name, io) {
	io.stdout.write(`${JSON.stringify(schemas[name], null, 2)}\n`);
	return exitCodes.success;
}

export { printSchema };