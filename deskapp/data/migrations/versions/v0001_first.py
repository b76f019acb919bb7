"""The first schema: DESIGN section 4. Written by ``python3 dev.py schema``."""

import sqlalchemy as sa
from alembic import op

from deskapp.data.migrations import first

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act_cap",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("most", sa.String(40), nullable=False),
        sa.Column("alone", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_cap")),
        sa.UniqueConstraint("role", "currency", name=op.f("uq_act_cap_role_currency")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("login", sa.String(length=63), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("program", sa.String(length=64), server_default="", nullable=False),
        sa.Column("client", sa.String(length=64), server_default="", nullable=False),
        sa.Column("told_of", sa.String(length=63), nullable=False),
        sa.Column("verb", sa.String(length=6), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "audit_seal",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("audit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_audit_seal_audit_id")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("codec", sa.String(length=8), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("touched", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("act", name=op.f("uq_change_act")),
    )
    op.create_index(op.f("ix_change_at"), "change", ["at"], unique=False)
    op.create_table(
        "company",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("must_know", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "custom_field",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("choices", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
        sa.UniqueConstraint("name_key", name=op.f("uq_custom_field_name_key")),
    )
    op.create_table(
        "customer_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_file")),
        sa.UniqueConstraint("name", name=op.f("uq_customer_file_name")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("address_key", name=op.f("uq_department_address_key")),
    )
    op.create_table(
        "desk_info",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("desk_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("folding_version", sa.Integer(), nullable=False),
        sa.Column("refolding_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "refolded_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reopen_days", sa.Integer(), server_default=sa.text("(14)"), nullable=False),
        sa.Column("work_week", sa.String(length=7), server_default="12345", nullable=False),
        sa.Column("special_days", sa.Text(), server_default="", nullable=False),
        sa.Column("return_days", sa.Integer(), server_default=sa.text("(14)"), nullable=False),
        sa.Column("read_with", sa.String(length=40), server_default="", nullable=False),
        sa.Column("moved_to", sa.String(length=500), server_default="", nullable=False),
        sa.Column("arriving", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_info")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("fence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "mailbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("aliases", sa.Text(), server_default="", nullable=False),
        sa.Column("imap_host", sa.String(length=255), nullable=False),
        sa.Column("imap_port", sa.Integer(), nullable=False),
        sa.Column("imap_security", sa.String(length=10), nullable=False),
        sa.Column("imap_user", sa.String(length=320), nullable=False),
        sa.Column("smtp_host", sa.String(length=255), nullable=False),
        sa.Column("smtp_port", sa.Integer(), nullable=False),
        sa.Column("smtp_security", sa.String(length=10), nullable=False),
        sa.Column("smtp_user", sa.String(length=320), nullable=False),
        sa.Column("smtp_size", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("signature", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.String(length=2), server_default="", nullable=False),
        sa.Column("state", sa.String(length=40), server_default="new", nullable=False),
        sa.Column("state_detail", sa.Text(), server_default="", nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=True),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("last_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("last_success_at", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stopped", sa.Integer(), nullable=True),
        sa.Column(
            "stopped_until_start", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox")),
        sa.UniqueConstraint("address_key", name=op.f("uq_mailbox_address_key")),
    )
    op.create_table(
        "order_source",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("profile", sa.String(length=40), server_default="", nullable=False),
        sa.Column("mapping", sa.Text(), server_default="{}", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("settings", sa.Text(), server_default="{}", nullable=False),
        sa.Column("number_pattern", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("mark", sa.Text(), server_default="", nullable=False),
        sa.Column("shortfalls", sa.Text(), server_default="[]", nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_source")),
        sa.UniqueConstraint("name", name=op.f("uq_order_source_name")),
    )
    op.create_table(
        "search_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ref_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_row")),
    )
    op.create_index(op.f("ix_search_row_ticket_id"), "search_row", ["ticket_id"], unique=False)
    op.create_index("uq_search_row_kind_ref_id", "search_row", ["kind", "ref_id"], unique=True)
    op.create_table(
        "status_label",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_label")),
        sa.UniqueConstraint("name_key", name=op.f("uq_status_label_name_key")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=80), nullable=False),
        sa.Column("colour", sa.String(length=16), server_default="", nullable=False),
        sa.Column(
            "merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["merged_into"], ["tag.id"], name=op.f("fk_tag_merged_into_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name_key", name=op.f("uq_tag_name_key")),
    )
    op.create_index(op.f("ix_tag_merged_into"), "tag", ["merged_into"], unique=False)
    op.create_table(
        "team",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), server_default="", nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=True),
        sa.Column("role", sa.String(length=12), server_default="agent", nullable=False),
        sa.Column("login", sa.String(length=63), nullable=True),
        sa.Column("signature", sa.Text(), server_default="", nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_agent_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("email_key", name=op.f("uq_agent_email_key")),
        sa.UniqueConstraint("login", name=op.f("uq_agent_login")),
    )
    op.create_table(
        "assignment_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column(
            "scope_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("among_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["among_id"], ["team.id"], name=op.f("fk_assignment_rule_among_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_rule")),
        sa.UniqueConstraint("scope", "scope_id", name=op.f("uq_assignment_rule_scope_scope_id")),
    )
    op.create_table(
        "company_domain",
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_domain_company_id_company")
        ),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_company_domain")),
    )
    op.create_index(
        op.f("ix_company_domain_company_id"), "company_domain", ["company_id"], unique=False
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("family_name", sa.Text(), server_default="", nullable=False),
        sa.Column("given_name", sa.Text(), server_default="", nullable=False),
        sa.Column("call_name", sa.Text(), server_default="", nullable=False),
        sa.Column("honorific", sa.String(length=40), server_default="", nullable=False),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("time_zone", sa.String(length=60), server_default="", nullable=False),
        sa.Column("country", sa.String(length=2), server_default="", nullable=False),
        sa.Column("must_know", sa.Text(), server_default="", nullable=False),
        sa.Column("vip", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("company_by", sa.String(length=6), server_default="", nullable=False),
        sa.Column(
            "merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_customer_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["customer.id"], name=op.f("fk_customer_merged_into_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_index("ix_customer_by_name", "customer", ["name_key", "id"], unique=False)
    op.create_index(op.f("ix_customer_company_id"), "customer", ["company_id"], unique=False)
    op.create_index(
        "ix_customer_vip",
        "customer",
        ["id"],
        unique=False,
        sqlite_where=sa.text("vip"),
        postgresql_where=sa.text("vip"),
    )
    op.create_table(
        "folder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=True),
        sa.Column("on_server", sa.Integer(), nullable=True),
        sa.Column("seen_exists", sa.Integer(), nullable=True),
        sa.Column("seen_uidnext", sa.BigInteger(), nullable=True),
        sa.Column("highest_modseq", sa.BigInteger(), nullable=True),
        sa.Column("last_full_check_at", sa.BigInteger(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("watched", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_folder_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder")),
        sa.UniqueConstraint("mailbox_id", "name", name=op.f("uq_folder_mailbox_id_name")),
    )
    op.create_table(
        "absence",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column(
            "substitute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_absence_agent_id_agent")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["agent.id"], name=op.f("fk_absence_substitute_id_agent")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_absence")),
    )
    op.create_table(
        "act_switch",
        sa.Column(
            "source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_act_switch_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["order_source.id"], name=op.f("fk_act_switch_source_id_order_source")
        ),
        sa.PrimaryKeyConstraint("source_id", "kind", name=op.f("pk_act_switch")),
    )
    op.create_table(
        "assignment_turn",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_assignment_turn_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_assignment_turn")),
    )
    op.create_table(
        "canned_reply",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("folder", sa.String(length=200), server_default="", nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("actions", sa.Text(), server_default="{}", nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_canned_reply_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_canned_reply_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
        sa.UniqueConstraint("name_key", name=op.f("uq_canned_reply_name_key")),
    )
    op.create_table(
        "company_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_company_note_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_note_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_note")),
    )
    op.create_index(
        op.f("ix_company_note_company_id"), "company_note", ["company_id"], unique=False
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.String(length=200), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_consent_agent_id_agent")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_consent_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_newest", "consent", ["customer_id", "purpose", "id"], unique=False)
    op.create_table(
        "contact_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("value_key", sa.String(length=320), nullable=False),
        sa.Column("label", sa.String(length=40), server_default="", nullable=False),
        sa.Column("network", sa.String(length=40), server_default="", nullable=False),
        sa.Column("country", sa.String(length=2), server_default="", nullable=False),
        sa.Column("is_primary", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("bounced_at", sa.BigInteger(), nullable=True),
        sa.Column("bounced_status", sa.String(length=20), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contact_point_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("kind", "value_key", name=op.f("uq_contact_point_kind_value_key")),
    )
    op.create_index(
        op.f("ix_contact_point_customer_id"), "contact_point", ["customer_id"], unique=False
    )
    op.create_table(
        "custom_value",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_custom_value_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["custom_field.id"], name=op.f("fk_custom_value_field_id_custom_field")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_value")),
        sa.UniqueConstraint(
            "customer_id", "field_id", name=op.f("uq_custom_value_customer_id_field_id")
        ),
    )
    op.create_index(op.f("ix_custom_value_field_id"), "custom_value", ["field_id"], unique=False)
    op.create_table(
        "customer_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_customer_change_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_change_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["custom_field.id"], name=op.f("fk_customer_change_field_id_custom_field")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_change")),
    )
    op.create_index(
        op.f("ix_customer_change_customer_id"), "customer_change", ["customer_id"], unique=False
    )
    op.create_table(
        "customer_imported",
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("own_id", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_imported_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", "field", name=op.f("pk_customer_imported")),
    )
    op.create_index(
        op.f("ix_customer_imported_own_id"), "customer_imported", ["own_id"], unique=False
    )
    op.create_table(
        "customer_looked",
        sa.Column(
            "customer_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_looked_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_looked")),
    )
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kept_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "merged_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_customer_merge_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["customer.id"], name=op.f("fk_customer_merge_kept_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["customer.id"], name=op.f("fk_customer_merge_merged_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
    )
    op.create_table(
        "customer_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_customer_note_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_note_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_note")),
    )
    op.create_index(
        op.f("ix_customer_note_customer_id"), "customer_note", ["customer_id"], unique=False
    )
    op.create_table(
        "customer_pair",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("one_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("refused_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "refused_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["customer.id"], name=op.f("fk_customer_pair_one_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["customer.id"], name=op.f("fk_customer_pair_other_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["refused_by"], ["agent.id"], name=op.f("fk_customer_pair_refused_by_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_pair")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_customer_pair_one_id_other_id")),
    )
    op.create_index(op.f("ix_customer_pair_other_id"), "customer_pair", ["other_id"], unique=False)
    op.create_table(
        "customer_tag",
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("tag_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_tag_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_customer_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("customer_id", "tag_id", name=op.f("pk_customer_tag")),
    )
    op.create_index(op.f("ix_customer_tag_tag_id"), "customer_tag", ["tag_id"], unique=False)
    op.create_table(
        "customer_trait",
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("trait", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_trait_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", "kind", "trait", name=op.f("pk_customer_trait")),
    )
    op.create_index(
        "ix_customer_trait_kind_trait", "customer_trait", ["kind", "trait"], unique=False
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.Column("cleaned_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_erasure_agent_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "last_edit",
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column(
            "row_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_last_edit_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("about", "row_id", name=op.f("pk_last_edit")),
    )
    op.create_table(
        "legal_hold",
        sa.Column(
            "customer_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_legal_hold_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_legal_hold_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_legal_hold")),
    )
    op.create_table(
        "picture_sender",
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_picture_sender_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("address_key", name=op.f("pk_picture_sender")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("sorting", sa.String(length=12), server_default="newest", nullable=False),
        sa.Column("columns", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_saved_view_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("agent_id", "name", name=op.f("uq_saved_view_agent_id_name")),
    )
    op.create_table(
        "shop_order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("number_key", sa.String(length=120), nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.String(length=320), server_default="", nullable=False),
        sa.Column("email_key", sa.String(length=320), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=60), server_default="", nullable=False),
        sa.Column("phone_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_text", sa.Text(), server_default="", nullable=False),
        sa.Column("payment_status", sa.Text(), server_default="", nullable=False),
        sa.Column("fulfilment_status", sa.Text(), server_default="", nullable=False),
        sa.Column("currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("total", sa.String(40), nullable=True),
        sa.Column("placed_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("ref", sa.String(length=200), server_default="", nullable=False),
        sa.Column("page", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="[]", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_to", sa.Text(), server_default="", nullable=False),
        sa.Column("bill_to", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode_key", sa.String(length=20), server_default="", nullable=False),
        sa.Column("shop_customer", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("whole", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_shop_order_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["order_source.id"], name=op.f("fk_shop_order_source_id_order_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_shop_order_source_id_number")),
    )
    op.create_index(op.f("ix_shop_order_customer_id"), "shop_order", ["customer_id"], unique=False)
    op.create_index(op.f("ix_shop_order_email_key"), "shop_order", ["email_key"], unique=False)
    op.create_index("ix_shop_order_newest", "shop_order", ["placed_at", "id"], unique=False)
    op.create_index(op.f("ix_shop_order_number_key"), "shop_order", ["number_key"], unique=False)
    op.create_index(op.f("ix_shop_order_phone_key"), "shop_order", ["phone_key"], unique=False)
    op.create_index(
        "ix_shop_order_postcode", "shop_order", ["postcode_key", "placed_at", "id"], unique=False
    )
    op.create_index("ix_shop_order_ref", "shop_order", ["source_id", "ref"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_signature_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_signature_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    op.create_table(
        "tag_merge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kept_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "merged_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_tag_merge_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["tag.id"], name=op.f("fk_tag_merge_kept_id_tag")),
        sa.ForeignKeyConstraint(["merged_id"], ["tag.id"], name=op.f("fk_tag_merge_merged_id_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_merge")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("label_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("priority", sa.String(length=8), server_default="normal", nullable=False),
        sa.Column(
            "customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "assignee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("snippet", sa.String(length=240), server_default="", nullable=False),
        sa.Column("message_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "has_attachment", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("last_in_at", sa.BigInteger(), nullable=True),
        sa.Column("last_out_at", sa.BigInteger(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("snooze", sa.String(length=5), server_default="", nullable=False),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column(
            "merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "follows_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "newest_message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["agent.id"], name=op.f("fk_ticket_assignee_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_ticket_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["ticket.id"], name=op.f("fk_ticket_follows_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["label_id"], ["status_label.id"], name=op.f("fk_ticket_label_id_status_label")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_ticket_mailbox_id_mailbox")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["ticket.id"], name=op.f("fk_ticket_merged_into_ticket")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_ticket_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("number", name=op.f("uq_ticket_number")),
    )
    op.create_index(op.f("ix_ticket_customer_id"), "ticket", ["customer_id"], unique=False)
    op.create_index(
        "ix_ticket_due",
        "ticket",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_ticket_follows_id"), "ticket", ["follows_id"], unique=False)
    op.create_index(
        "ix_ticket_merged",
        "ticket",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_mine", "ticket", ["assignee_id", "status", "waiting_since", "id"], unique=False
    )
    op.create_index(
        "ix_ticket_priority",
        "ticket",
        ["priority", "status", "id"],
        unique=False,
        sqlite_where=sa.text("priority <> 'normal'"),
        postgresql_where=sa.text("priority <> 'normal'"),
    )
    op.create_index("ix_ticket_recent", "ticket", ["status", "updated_at", "id"], unique=False)
    op.create_index(
        "ix_ticket_snoozed",
        "ticket",
        ["snooze", "snoozed_until", "id"],
        unique=False,
        sqlite_where=sa.text("snooze <> ''"),
        postgresql_where=sa.text("snooze <> ''"),
    )
    op.create_index(
        "ix_ticket_team",
        "ticket",
        ["team_id", "status", "waiting_since", "id"],
        unique=False,
        sqlite_where=sa.text("team_id IS NOT NULL"),
        postgresql_where=sa.text("team_id IS NOT NULL"),
    )
    op.create_index("ix_ticket_updated", "ticket", ["updated_at", "id", "status"], unique=False)
    op.create_index("ix_ticket_waiting", "ticket", ["status", "waiting_since", "id"], unique=False)
    op.create_table(
        "act_done",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("detail", sa.String(length=120), server_default="", nullable=False),
        sa.Column("fields", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("tickets", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_back", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_act_done_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_act_done_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["act_done.id"], name=op.f("fk_act_done_undoes_id_act_done")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_done")),
    )
    op.create_index("ix_act_done_agent", "act_done", ["agent_id", "id"], unique=False)
    op.create_index("ix_act_done_detail", "act_done", ["kind", "detail"], unique=False)
    op.create_table(
        "auto_reply",
        sa.Column(
            "mailbox_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "canned_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("fault", sa.String(length=40), server_default="", nullable=False),
        sa.Column("fault_about", sa.Text(), server_default="", nullable=False),
        sa.Column("fault_ticket", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["canned_id"], ["canned_reply.id"], name=op.f("fk_auto_reply_canned_id_canned_reply")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_auto_reply_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", name=op.f("pk_auto_reply")),
    )
    op.create_table(
        "canned_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "canned_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["canned_id"], ["canned_reply.id"], name=op.f("fk_canned_file_canned_id_canned_reply")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_canned_file_sha256_blob")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_file")),
    )
    op.create_index(op.f("ix_canned_file_canned_id"), "canned_file", ["canned_id"], unique=False)
    op.create_table(
        "canned_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "canned_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canned_id"], ["canned_reply.id"], name=op.f("fk_canned_text_canned_id_canned_reply")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_text")),
        sa.UniqueConstraint(
            "canned_id", "language", name=op.f("uq_canned_text_canned_id_language")
        ),
    )
    op.create_index(op.f("ix_canned_text_canned_id"), "canned_text", ["canned_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("recipients", sa.Text(), server_default="[]", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("html", sa.Text(), server_default="", nullable=False),
        sa.Column("plain", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("quote", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("quote_all", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.Column("sender", sa.String(length=320), server_default="", nullable=False),
        sa.Column("leave_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "unless_answered", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("caret", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("send_status", sa.String(length=12), server_default="", nullable=False),
        sa.Column("base_message_id", sa.Integer(), nullable=True),
        sa.Column(
            "base_event_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column(
            "forwards_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("side_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "approval_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_draft_agent_id_agent")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_draft_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_ticket_id"), "draft", ["ticket_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("origin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("in_reply_to", sa.Text(), server_default="", nullable=False),
        sa.Column("sender_name", sa.Text(), server_default="", nullable=False),
        sa.Column("sender_address", sa.String(length=320), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dated_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("joined_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("joined_id", sa.Text(), server_default="", nullable=False),
        sa.Column("claims_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("uninvited", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("marked", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("defects", sa.Text(), server_default="", nullable=False),
        sa.Column("side_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("act", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_message_agent_id_agent")),
        sa.ForeignKeyConstraint(
            ["claims_id"], ["ticket.id"], name=op.f("fk_message_claims_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_message_mailbox_id_mailbox")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["ticket.id"], name=op.f("fk_message_origin_id_ticket")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_message_sha256_blob")),
        sa.ForeignKeyConstraint(
            ["side_id"], ["message.id"], name=op.f("fk_message_side_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_message_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("act", name=op.f("uq_message_act")),
    )
    op.create_index(op.f("ix_message_message_id"), "message", ["message_id"], unique=False)
    op.create_index(op.f("ix_message_sha256"), "message", ["sha256"], unique=False)
    op.create_index(op.f("ix_message_ticket_id"), "message", ["ticket_id"], unique=False)
    op.create_table(
        "order_act",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_key", sa.String(length=36), nullable=False),
        sa.Column("slot", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=24), server_default="", nullable=False),
        sa.Column("preview", sa.Text(), server_default="", nullable=False),
        sa.Column("amount", sa.String(40), nullable=True),
        sa.Column("currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("told", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(length=120), server_default="", nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("looks", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ref", sa.String(length=200), server_default="", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("came_to", sa.String(40), nullable=True),
        sa.Column("said", sa.Text(), server_default="", nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("settled_words", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["agent.id"], name=op.f("fk_order_act_approved_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["agent.id"], name=op.f("fk_order_act_asked_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_act_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["agent.id"], name=op.f("fk_order_act_settled_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["order_source.id"], name=op.f("fk_order_act_source_id_order_source")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_order_act_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_act")),
        sa.UniqueConstraint("act_key", name=op.f("uq_order_act_act_key")),
        sa.UniqueConstraint("slot", name=op.f("uq_order_act_slot")),
    )
    op.create_index(
        "ix_order_act_open",
        "order_act",
        ["next_at", "id"],
        unique=False,
        sqlite_where=sa.text("slot IS NOT NULL"),
        postgresql_where=sa.text("slot IS NOT NULL"),
    )
    op.create_index(op.f("ix_order_act_order_id"), "order_act", ["order_id"], unique=False)
    op.create_index(op.f("ix_order_act_ticket_id"), "order_act", ["ticket_id"], unique=False)
    op.create_table(
        "order_form",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("customer_name", sa.Text(), server_default="", nullable=False),
        sa.Column("customer_mail", sa.String(length=320), server_default="", nullable=False),
        sa.Column("items", sa.Text(), server_default="[]", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("payment", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_of", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_words", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["agent.id"], name=op.f("fk_order_form_asked_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["agent.id"], name=op.f("fk_order_form_created_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["agent.id"], name=op.f("fk_order_form_ended_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_form_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_order_form_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_form")),
    )
    op.create_index(op.f("ix_order_form_order_id"), "order_form", ["order_id"], unique=False)
    op.create_index(op.f("ix_order_form_ticket_id"), "order_form", ["ticket_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=120), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("price", sa.String(40), nullable=True),
        sa.Column("ref", sa.String(length=200), server_default="", nullable=False),
        sa.Column("picture", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_line_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    op.create_index(op.f("ix_order_line_order_id"), "order_line", ["order_id"], unique=False)
    op.create_table(
        "order_refund",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=200), server_default="", nullable=False),
        sa.Column("amount", sa.String(40), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_refund_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_refund")),
    )
    op.create_index(op.f("ix_order_refund_order_id"), "order_refund", ["order_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("client", sa.String(length=60), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("doing", sa.String(length=10), server_default="", nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_presence_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_presence_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("client", "place", name=op.f("pk_presence")),
    )
    op.create_table(
        "return_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ended_as", sa.String(length=12), server_default="", nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason_code", sa.String(length=20), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("carrier", sa.String(length=120), server_default="", nullable=False),
        sa.Column("tracking_number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("label_link", sa.Text(), server_default="", nullable=False),
        sa.Column("label_file", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("wakes_at", sa.BigInteger(), nullable=True),
        sa.Column("refund_state", sa.String(length=8), server_default="none", nullable=False),
        sa.Column("refund_amount", sa.String(40), nullable=True),
        sa.Column("refund_currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["agent.id"], name=op.f("fk_return_case_created_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_return_case_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_return_case_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_case")),
    )
    op.create_index(
        "ix_return_case_open",
        "return_case",
        ["deadline", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_return_case_order_id"), "return_case", ["order_id"], unique=False)
    op.create_index(op.f("ix_return_case_ticket_id"), "return_case", ["ticket_id"], unique=False)
    op.create_index(
        "ix_return_case_wakes_at",
        "return_case",
        ["wakes_at"],
        unique=False,
        sqlite_where=sa.text("wakes_at IS NOT NULL"),
        postgresql_where=sa.text("wakes_at IS NOT NULL"),
    )
    op.create_table(
        "shipment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("carrier", sa.String(length=120), server_default="", nullable=False),
        sa.Column("tracking_number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("tracking_key", sa.String(length=120), server_default="", nullable=False),
        sa.Column("tracking_url", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("shipped_at", sa.BigInteger(), nullable=True),
        sa.Column("expected_at", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_shipment_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
    )
    op.create_index(op.f("ix_shipment_order_id"), "shipment", ["order_id"], unique=False)
    op.create_index(op.f("ix_shipment_tracking_key"), "shipment", ["tracking_key"], unique=False)
    op.create_table(
        "shop_return",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=200), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.String(40), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_shop_return_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_return")),
    )
    op.create_index(op.f("ix_shop_return_order_id"), "shop_return", ["order_id"], unique=False)
    op.create_table(
        "tag_merge_ticket",
        sa.Column("merge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("had_kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["tag_merge.id"], name=op.f("fk_tag_merge_ticket_merge_id_tag_merge")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_tag_merge_ticket_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("merge_id", "ticket_id", name=op.f("pk_tag_merge_ticket")),
    )
    op.create_table(
        "take_over",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("asker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=10), server_default="", nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("draft_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["agent.id"], name=op.f("fk_take_over_asker_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["agent.id"], name=op.f("fk_take_over_holder_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_take_over_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_take_over")),
    )
    op.create_index(op.f("ix_take_over_asked_at"), "take_over", ["asked_at"], unique=False)
    op.create_index(op.f("ix_take_over_draft_id"), "take_over", ["draft_id"], unique=False)
    op.create_index(
        "uq_take_over_open",
        "take_over",
        ["ticket_id", "asker_id"],
        unique=True,
        sqlite_where=sa.text("answer = ''"),
        postgresql_where=sa.text("answer = ''"),
    )
    op.create_table(
        "ticket_follower",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_ticket_follower_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_follower_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("agent_id", "ticket_id", name=op.f("pk_ticket_follower")),
    )
    op.create_index(
        op.f("ix_ticket_follower_ticket_id"), "ticket_follower", ["ticket_id"], unique=False
    )
    op.create_table(
        "ticket_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_ticket_link_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["ticket.id"], name=op.f("fk_ticket_link_from_id_ticket")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["ticket.id"], name=op.f("fk_ticket_link_to_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_link")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_ticket_link_from_id_to_id")),
    )
    op.create_index(op.f("ix_ticket_link_to_id"), "ticket_link", ["to_id"], unique=False)
    op.create_table(
        "ticket_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column(
            "source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("way_back", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_ticket_move_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["ticket.id"], name=op.f("fk_ticket_move_source_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["ticket.id"], name=op.f("fk_ticket_move_target_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_move")),
    )
    op.create_index(op.f("ix_ticket_move_source_id"), "ticket_move", ["source_id"], unique=False)
    op.create_index(op.f("ix_ticket_move_target_id"), "ticket_move", ["target_id"], unique=False)
    op.create_table(
        "ticket_participant",
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_ticket_participant_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_participant_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "address_key", name=op.f("pk_ticket_participant")),
    )
    op.create_table(
        "ticket_seen",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_ticket_seen_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_seen_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("agent_id", "ticket_id", name=op.f("pk_ticket_seen")),
    )
    op.create_table(
        "ticket_star",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_ticket_star_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_star_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("agent_id", "ticket_id", name=op.f("pk_ticket_star")),
    )
    op.create_table(
        "ticket_tag",
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("tag_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_ticket_tag_tag_id_tag")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_tag_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "tag_id", name=op.f("pk_ticket_tag")),
    )
    op.create_index(op.f("ix_ticket_tag_tag_id"), "ticket_tag", ["tag_id"], unique=False)
    op.create_table(
        "to_assign",
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_to_assign_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_to_assign")),
    )
    op.create_table(
        "tombstone",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column(
            "erasure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["erasure.id"], name=op.f("fk_tombstone_erasure_id_erasure")
        ),
        sa.PrimaryKeyConstraint("kind", "hash", name=op.f("pk_tombstone")),
    )
    op.create_index(op.f("ix_tombstone_erasure_id"), "tombstone", ["erasure_id"], unique=False)
    op.create_table(
        "act_audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("machine", sa.String(length=120), server_default="", nullable=False),
        sa.Column("amount", sa.String(40), nullable=True),
        sa.Column("currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("facts", sa.Text(), server_default="", nullable=False),
        sa.Column("words_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["order_act.id"], name=op.f("fk_act_audit_act_id_order_act")
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_act_audit_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_audit")),
    )
    op.create_index(op.f("ix_act_audit_act_id"), "act_audit", ["act_id"], unique=False)
    op.create_table(
        "act_ticket",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["act_done.id"], name=op.f("fk_act_ticket_act_id_act_done")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_act_ticket_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("act_id", "ticket_id", name=op.f("pk_act_ticket")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("part_index", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inline", sa.Boolean(), nullable=False),
        sa.Column("content_id", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_attachment_message_id_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_message_id"), "attachment", ["message_id"], unique=False)
    op.create_table(
        "auto_reply_given",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_auto_reply_given_mailbox_id_mailbox")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_auto_reply_given_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_auto_reply_given_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auto_reply_given")),
        sa.UniqueConstraint(
            "ticket_id", "address_key", name=op.f("uq_auto_reply_given_ticket_id_address_key")
        ),
    )
    op.create_index(
        "ix_auto_reply_given_mailbox", "auto_reply_given", ["mailbox_id", "at"], unique=False
    )
    op.create_index(
        "ix_auto_reply_given_person", "auto_reply_given", ["address_key", "at"], unique=False
    )
    op.create_table(
        "canned_use",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "canned_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=True),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_canned_use_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["canned_id"], ["canned_reply.id"], name=op.f("fk_canned_use_canned_id_canned_reply")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_canned_use_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_canned_use_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_use")),
    )
    op.create_index(op.f("ix_canned_use_canned_id"), "canned_use", ["canned_id"], unique=False)
    op.create_index(op.f("ix_canned_use_draft_id"), "canned_use", ["draft_id"], unique=False)
    op.create_table(
        "draft_attachment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_id", sa.String(length=80), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_attachment_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_draft_attachment_sha256_blob")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_attachment")),
    )
    op.create_index(
        op.f("ix_draft_attachment_draft_id"), "draft_attachment", ["draft_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_event_agent_id_agent")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_event_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_event_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_index(op.f("ix_event_ticket_id"), "event", ["ticket_id"], unique=False)
    op.create_table(
        "message_address",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_address_message_id_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_address")),
    )
    op.create_index(
        op.f("ix_message_address_address_key"), "message_address", ["address_key"], unique=False
    )
    op.create_index(
        op.f("ix_message_address_message_id"), "message_address", ["message_id"], unique=False
    )
    op.create_table(
        "message_body",
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.Column("html", sa.LargeBinary(), nullable=True),
        sa.Column("reply_html", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_body_message_id_message")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message_body")),
    )
    op.create_table(
        "message_bounce",
        sa.Column(
            "report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("recipient", sa.String(length=320), server_default="", nullable=False),
        sa.Column("status", sa.String(length=20), server_default="", nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_bounce_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["message.id"], name=op.f("fk_message_bounce_report_id_message")
        ),
        sa.PrimaryKeyConstraint("report_id", "recipient", name=op.f("pk_message_bounce")),
    )
    op.create_index(
        op.f("ix_message_bounce_message_id"), "message_bounce", ["message_id"], unique=False
    )
    op.create_table(
        "message_entry",
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("heard", sa.String(length=4), nullable=False),
        sa.Column("contact", sa.String(length=320), server_default="", nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.Column("wakes_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_entry_message_id_message")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message_entry")),
    )
    op.create_index(
        "ix_message_entry_wakes_at",
        "message_entry",
        ["wakes_at"],
        unique=False,
        sqlite_where=sa.text("wakes_at IS NOT NULL"),
        postgresql_where=sa.text("wakes_at IS NOT NULL"),
    )
    op.create_table(
        "message_mention",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_message_mention_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_mention_message_id_message")
        ),
        sa.PrimaryKeyConstraint("agent_id", "message_id", name=op.f("pk_message_mention")),
    )
    op.create_index(
        op.f("ix_message_mention_message_id"), "message_mention", ["message_id"], unique=False
    )
    op.create_table(
        "message_reference",
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_reference_message_id_message")
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name=op.f("pk_message_reference")),
    )
    op.create_index(
        op.f("ix_message_reference_reference"), "message_reference", ["reference"], unique=False
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column(
            "message_row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "mailbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("envelope_from", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("claimed_by", sa.String(length=80), server_default="", nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("fault", sa.String(length=20), server_default="", nullable=False),
        sa.Column("sent_copy", sa.String(length=10), server_default="pending", nullable=False),
        sa.Column("status_before", sa.String(length=12), server_default="", nullable=False),
        sa.Column("snooze_before", sa.String(length=80), server_default="", nullable=False),
        sa.Column(
            "unless_answered", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_outbox_agent_id_agent")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_outbox_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_outbox_mailbox_id_mailbox")
        ),
        sa.ForeignKeyConstraint(
            ["message_row_id"], ["message.id"], name=op.f("fk_outbox_message_row_id_message")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_outbox_sha256_blob")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_outbox_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        sa.UniqueConstraint("message_row_id", name=op.f("uq_outbox_message_row_id")),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "not_before"], unique=False)
    op.create_index(op.f("ix_outbox_ticket_id"), "outbox", ["ticket_id"], unique=False)
    op.create_table(
        "return_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_return_event_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["return_case.id"], name=op.f("fk_return_event_case_id_return_case")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["return_event.id"], name=op.f("fk_return_event_undoes_id_return_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_event")),
    )
    op.create_index(op.f("ix_return_event_case_id"), "return_event", ["case_id"], unique=False)
    op.create_table(
        "return_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_key", sa.String(length=200), server_default="", nullable=False),
        sa.Column("sku", sa.String(length=120), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("condition", sa.String(length=12), server_default="", nullable=False),
        sa.Column("instead", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["return_case.id"], name=op.f("fk_return_item_case_id_return_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_item")),
    )
    op.create_index(op.f("ix_return_item_case_id"), "return_item", ["case_id"], unique=False)
    op.create_table(
        "server_mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "folder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("internal_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=True),
        sa.Column("filed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["folder.id"], name=op.f("fk_server_mail_folder_id_folder")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_server_mail_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_server_mail_sha256_blob")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_server_mail")),
        sa.UniqueConstraint(
            "folder_id", "uidvalidity", "uid", name=op.f("uq_server_mail_folder_id_uidvalidity_uid")
        ),
    )
    op.create_index(
        "ix_server_mail_absent",
        "server_mail",
        ["folder_id", "uidvalidity", "state"],
        unique=False,
        sqlite_where=sa.text("state IN ('vanished', 'not_asked', 'erased')"),
    )
    op.create_index(op.f("ix_server_mail_message_id"), "server_mail", ["message_id"], unique=False)
    op.create_index(op.f("ix_server_mail_sha256"), "server_mail", ["sha256"], unique=False)
    op.create_index(
        "ix_server_mail_trouble",
        "server_mail",
        ["folder_id", "state"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'held')"),
    )
    op.create_index(
        "ix_server_mail_unfiled",
        "server_mail",
        ["id"],
        unique=False,
        sqlite_where=sa.text("filed_at IS NULL AND state = 'stored'"),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), server_default="", nullable=False),
        sa.Column("recipients", sa.Text(), server_default="[]", nullable=False),
        sa.Column("files", sa.Text(), server_default="[]", nullable=False),
        sa.Column("status", sa.String(length=12), server_default="", nullable=False),
        sa.Column("leave_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "unless_answered", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("final_body", sa.Text(), server_default="", nullable=False),
        sa.Column("final_html", sa.Text(), server_default="", nullable=False),
        sa.Column("final_recipients", sa.Text(), server_default="[]", nullable=False),
        sa.Column("final_files", sa.Text(), server_default="[]", nullable=False),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("act", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_approval_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["agent.id"], name=op.f("fk_approval_decided_by_agent")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_approval_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_approval_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_approval_outbox_id_outbox")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_approval_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("act", name=op.f("uq_approval_act")),
    )
    op.create_index(op.f("ix_approval_draft_id"), "approval", ["draft_id"], unique=False)
    op.create_index(op.f("ix_approval_message_id"), "approval", ["message_id"], unique=False)
    op.create_index(op.f("ix_approval_ticket_id"), "approval", ["ticket_id"], unique=False)
    op.create_index(
        "uq_approval_waiting",
        "approval",
        ["draft_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "outbox_recipient",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_outbox_recipient_outbox_id_outbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_recipient")),
        sa.UniqueConstraint(
            "outbox_id", "address", name=op.f("uq_outbox_recipient_outbox_id_address")
        ),
    )
    op.create_index(
        op.f("ix_outbox_recipient_outbox_id"), "outbox_recipient", ["outbox_id"], unique=False
    )
    first.make(op.get_bind())


def downgrade() -> None:
    first.drop(op.get_bind())
    op.drop_index(op.f("ix_outbox_recipient_outbox_id"), table_name="outbox_recipient")
    op.drop_table("outbox_recipient")
    op.drop_index(
        "uq_approval_waiting",
        table_name="approval",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_approval_ticket_id"), table_name="approval")
    op.drop_index(op.f("ix_approval_message_id"), table_name="approval")
    op.drop_index(op.f("ix_approval_draft_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_index(
        "ix_server_mail_unfiled",
        table_name="server_mail",
        sqlite_where=sa.text("filed_at IS NULL AND state = 'stored'"),
    )
    op.drop_index(
        "ix_server_mail_trouble",
        table_name="server_mail",
        sqlite_where=sa.text("state IN ('pending', 'held')"),
    )
    op.drop_index(op.f("ix_server_mail_sha256"), table_name="server_mail")
    op.drop_index(op.f("ix_server_mail_message_id"), table_name="server_mail")
    op.drop_index(
        "ix_server_mail_absent",
        table_name="server_mail",
        sqlite_where=sa.text("state IN ('vanished', 'not_asked', 'erased')"),
    )
    op.drop_table("server_mail")
    op.drop_index(op.f("ix_return_item_case_id"), table_name="return_item")
    op.drop_table("return_item")
    op.drop_index(op.f("ix_return_event_case_id"), table_name="return_event")
    op.drop_table("return_event")
    op.drop_index(op.f("ix_outbox_ticket_id"), table_name="outbox")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_message_reference_reference"), table_name="message_reference")
    op.drop_table("message_reference")
    op.drop_index(op.f("ix_message_mention_message_id"), table_name="message_mention")
    op.drop_table("message_mention")
    op.drop_index(
        "ix_message_entry_wakes_at",
        table_name="message_entry",
        sqlite_where=sa.text("wakes_at IS NOT NULL"),
        postgresql_where=sa.text("wakes_at IS NOT NULL"),
    )
    op.drop_table("message_entry")
    op.drop_index(op.f("ix_message_bounce_message_id"), table_name="message_bounce")
    op.drop_table("message_bounce")
    op.drop_table("message_body")
    op.drop_index(op.f("ix_message_address_message_id"), table_name="message_address")
    op.drop_index(op.f("ix_message_address_address_key"), table_name="message_address")
    op.drop_table("message_address")
    op.drop_index(op.f("ix_event_ticket_id"), table_name="event")
    op.drop_index(op.f("ix_event_at"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_draft_attachment_draft_id"), table_name="draft_attachment")
    op.drop_table("draft_attachment")
    op.drop_index(op.f("ix_canned_use_draft_id"), table_name="canned_use")
    op.drop_index(op.f("ix_canned_use_canned_id"), table_name="canned_use")
    op.drop_table("canned_use")
    op.drop_index("ix_auto_reply_given_person", table_name="auto_reply_given")
    op.drop_index("ix_auto_reply_given_mailbox", table_name="auto_reply_given")
    op.drop_table("auto_reply_given")
    op.drop_index(op.f("ix_attachment_message_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("act_ticket")
    op.drop_index(op.f("ix_act_audit_act_id"), table_name="act_audit")
    op.drop_table("act_audit")
    op.drop_index(op.f("ix_tombstone_erasure_id"), table_name="tombstone")
    op.drop_table("tombstone")
    op.drop_table("to_assign")
    op.drop_index(op.f("ix_ticket_tag_tag_id"), table_name="ticket_tag")
    op.drop_table("ticket_tag")
    op.drop_table("ticket_star")
    op.drop_table("ticket_seen")
    op.drop_table("ticket_participant")
    op.drop_index(op.f("ix_ticket_move_target_id"), table_name="ticket_move")
    op.drop_index(op.f("ix_ticket_move_source_id"), table_name="ticket_move")
    op.drop_table("ticket_move")
    op.drop_index(op.f("ix_ticket_link_to_id"), table_name="ticket_link")
    op.drop_table("ticket_link")
    op.drop_index(op.f("ix_ticket_follower_ticket_id"), table_name="ticket_follower")
    op.drop_table("ticket_follower")
    op.drop_index(
        "uq_take_over_open",
        table_name="take_over",
        sqlite_where=sa.text("answer = ''"),
        postgresql_where=sa.text("answer = ''"),
    )
    op.drop_index(op.f("ix_take_over_draft_id"), table_name="take_over")
    op.drop_index(op.f("ix_take_over_asked_at"), table_name="take_over")
    op.drop_table("take_over")
    op.drop_table("tag_merge_ticket")
    op.drop_index(op.f("ix_shop_return_order_id"), table_name="shop_return")
    op.drop_table("shop_return")
    op.drop_index(op.f("ix_shipment_tracking_key"), table_name="shipment")
    op.drop_index(op.f("ix_shipment_order_id"), table_name="shipment")
    op.drop_table("shipment")
    op.drop_index(
        "ix_return_case_wakes_at",
        table_name="return_case",
        sqlite_where=sa.text("wakes_at IS NOT NULL"),
        postgresql_where=sa.text("wakes_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_return_case_ticket_id"), table_name="return_case")
    op.drop_index(op.f("ix_return_case_order_id"), table_name="return_case")
    op.drop_index(
        "ix_return_case_open",
        table_name="return_case",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_table("return_case")
    op.drop_table("presence")
    op.drop_index(op.f("ix_order_refund_order_id"), table_name="order_refund")
    op.drop_table("order_refund")
    op.drop_index(op.f("ix_order_line_order_id"), table_name="order_line")
    op.drop_table("order_line")
    op.drop_index(op.f("ix_order_form_ticket_id"), table_name="order_form")
    op.drop_index(op.f("ix_order_form_order_id"), table_name="order_form")
    op.drop_table("order_form")
    op.drop_index(op.f("ix_order_act_ticket_id"), table_name="order_act")
    op.drop_index(op.f("ix_order_act_order_id"), table_name="order_act")
    op.drop_index(
        "ix_order_act_open",
        table_name="order_act",
        sqlite_where=sa.text("slot IS NOT NULL"),
        postgresql_where=sa.text("slot IS NOT NULL"),
    )
    op.drop_table("order_act")
    op.drop_index(op.f("ix_message_ticket_id"), table_name="message")
    op.drop_index(op.f("ix_message_sha256"), table_name="message")
    op.drop_index(op.f("ix_message_message_id"), table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_draft_ticket_id"), table_name="draft")
    op.drop_table("draft")
    op.drop_index(op.f("ix_canned_text_canned_id"), table_name="canned_text")
    op.drop_table("canned_text")
    op.drop_index(op.f("ix_canned_file_canned_id"), table_name="canned_file")
    op.drop_table("canned_file")
    op.drop_table("auto_reply")
    op.drop_index("ix_act_done_detail", table_name="act_done")
    op.drop_index("ix_act_done_agent", table_name="act_done")
    op.drop_table("act_done")
    op.drop_index("ix_ticket_waiting", table_name="ticket")
    op.drop_index("ix_ticket_updated", table_name="ticket")
    op.drop_index(
        "ix_ticket_team",
        table_name="ticket",
        sqlite_where=sa.text("team_id IS NOT NULL"),
        postgresql_where=sa.text("team_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_ticket_snoozed",
        table_name="ticket",
        sqlite_where=sa.text("snooze <> ''"),
        postgresql_where=sa.text("snooze <> ''"),
    )
    op.drop_index("ix_ticket_recent", table_name="ticket")
    op.drop_index(
        "ix_ticket_priority",
        table_name="ticket",
        sqlite_where=sa.text("priority <> 'normal'"),
        postgresql_where=sa.text("priority <> 'normal'"),
    )
    op.drop_index("ix_ticket_mine", table_name="ticket")
    op.drop_index(
        "ix_ticket_merged",
        table_name="ticket",
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.drop_index(op.f("ix_ticket_follows_id"), table_name="ticket")
    op.drop_index(
        "ix_ticket_due",
        table_name="ticket",
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_ticket_customer_id"), table_name="ticket")
    op.drop_table("ticket")
    op.drop_table("tag_merge")
    op.drop_table("signature")
    op.drop_index("ix_shop_order_ref", table_name="shop_order")
    op.drop_index("ix_shop_order_postcode", table_name="shop_order")
    op.drop_index(op.f("ix_shop_order_phone_key"), table_name="shop_order")
    op.drop_index(op.f("ix_shop_order_number_key"), table_name="shop_order")
    op.drop_index("ix_shop_order_newest", table_name="shop_order")
    op.drop_index(op.f("ix_shop_order_email_key"), table_name="shop_order")
    op.drop_index(op.f("ix_shop_order_customer_id"), table_name="shop_order")
    op.drop_table("shop_order")
    op.drop_table("saved_view")
    op.drop_table("picture_sender")
    op.drop_table("legal_hold")
    op.drop_table("last_edit")
    op.drop_table("erasure")
    op.drop_index("ix_customer_trait_kind_trait", table_name="customer_trait")
    op.drop_table("customer_trait")
    op.drop_index(op.f("ix_customer_tag_tag_id"), table_name="customer_tag")
    op.drop_table("customer_tag")
    op.drop_index(op.f("ix_customer_pair_other_id"), table_name="customer_pair")
    op.drop_table("customer_pair")
    op.drop_index(op.f("ix_customer_note_customer_id"), table_name="customer_note")
    op.drop_table("customer_note")
    op.drop_table("customer_merge")
    op.drop_table("customer_looked")
    op.drop_index(op.f("ix_customer_imported_own_id"), table_name="customer_imported")
    op.drop_table("customer_imported")
    op.drop_index(op.f("ix_customer_change_customer_id"), table_name="customer_change")
    op.drop_table("customer_change")
    op.drop_index(op.f("ix_custom_value_field_id"), table_name="custom_value")
    op.drop_table("custom_value")
    op.drop_index(op.f("ix_contact_point_customer_id"), table_name="contact_point")
    op.drop_table("contact_point")
    op.drop_index("ix_consent_newest", table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_company_note_company_id"), table_name="company_note")
    op.drop_table("company_note")
    op.drop_table("canned_reply")
    op.drop_table("assignment_turn")
    op.drop_table("act_switch")
    op.drop_table("absence")
    op.drop_table("folder")
    op.drop_index(
        "ix_customer_vip",
        table_name="customer",
        sqlite_where=sa.text("vip"),
        postgresql_where=sa.text("vip"),
    )
    op.drop_index(op.f("ix_customer_company_id"), table_name="customer")
    op.drop_index("ix_customer_by_name", table_name="customer")
    op.drop_table("customer")
    op.drop_index(op.f("ix_company_domain_company_id"), table_name="company_domain")
    op.drop_table("company_domain")
    op.drop_table("assignment_rule")
    op.drop_table("agent")
    op.drop_table("team")
    op.drop_index(op.f("ix_tag_merged_into"), table_name="tag")
    op.drop_table("tag")
    op.drop_table("status_label")
    op.drop_index("uq_search_row_kind_ref_id", table_name="search_row")
    op.drop_index(op.f("ix_search_row_ticket_id"), table_name="search_row")
    op.drop_table("search_row")
    op.drop_table("order_source")
    op.drop_table("mailbox")
    op.drop_table("lease")
    op.drop_table("desk_info")
    op.drop_table("department")
    op.drop_table("customer_file")
    op.drop_table("custom_field")
    op.drop_table("counter")
    op.drop_table("company")
    op.drop_index(op.f("ix_change_at"), table_name="change")
    op.drop_table("change")
    op.drop_table("blob")
    op.drop_table("audit_seal")
    op.drop_table("audit")
    op.drop_table("act_cap")
